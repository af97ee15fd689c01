#pragma once

#include "core/host_state.hpp"
#include "storage/article.hpp"
#include "storage/outbox.hpp"
#include "storage/source.hpp"
#include "transaction.hpp"

/// One function a write, each on a connection inside the writer's transaction.
namespace tinwatch::storage {

// sources.cpp
void sync_sources(sqlite::Connection& db, const std::vector<SourceEntry>& sources, Instant now);

void write_source_report(Transaction& transaction, const SourceReport& report);

// checks.cpp
/// What a visit leaves behind. One that found nothing writes one row.
void update_frontier(sqlite::Connection& db, const FrontierUpdate& update);
/// What the page's next answer is told by; it was read, or need not be.
void write_page_state(sqlite::Connection& db, FrontierRow row, const Validators& validators);

// frontier.cpp
void add_address(sqlite::Connection& db, SourceRow source, const FoundUrl& found,
                 Discovery discovery, Instant now);
ListResult write_list(sqlite::Connection& db, const ListCommit& commit);
/// The daemon ended while it parsed that page.
void note_failed_parse(sqlite::Connection& db, FrontierRow row);
std::int64_t make_due(sqlite::Connection& db, const std::string& source_or_url, Instant now);

// templates.cpp
/// What the page at an address turned out to be.
void write_vote(sqlite::Connection& db, FrontierRow row, const Vote& vote, Instant now);
void forget_votes(sqlite::Connection& db, Instant before);

// further_pages.cpp
/// The pages behind a response of which the article's first one is kept.
void write_further_captures(sqlite::Connection& db, const Capture& first, std::int64_t row);
std::vector<CapturePtr> read_further_captures(sqlite::Connection& db, std::int64_t row);
void write_article_pages(sqlite::Connection& db, SourceRow source, ArticleRow article,
                         const std::vector<std::string>& urls);

// noise.cpp
void write_noise(sqlite::Connection& db, SourceRow source, ArticleRow article,
                 const NoiseNotes& notes, Instant now);
void forget_noise(sqlite::Connection& db, Instant now);
bool knows_noise(sqlite::Connection& db);

// hosts.cpp
void write_host(sqlite::Connection& db, const HostState& host);
void write_robots(sqlite::Connection& db, const std::string& host, const RobotsAnswer& robots);
/// Hosts that nobody asked since `idle_since`, and what is too old to be believed.
/// What a clock that was ahead wrote is counted from `now`; `delay`: a host's, as configured.
void mend_times(sqlite::Connection& db, Instant now, Duration delay);
void move_waits(sqlite::Connection& db, Duration by);
void forget_hosts(sqlite::Connection& db, Instant idle_since, Instant robots_before);

// write_article.cpp
struct WrittenArticle {
  ArticleRow row;
  int revision = 0;                 ///< its newest
  std::int64_t event_sequence = 0;  ///< of its last event before this visit
};
/// Nothing, and nothing is written, when the store no longer holds what the visit compared with.
std::optional<WrittenArticle> write_article(sqlite::Connection& db, const ArticleCommit& commit);
void note_events(Transaction& transaction, const ArticleCommit& commit,
                 const WrittenArticle& article);

// commit_visit.cpp
/// The transaction that holds the article, its revision, its events, its deliveries and the
/// frontier's new state.
CommitResult commit_visit(Transaction& transaction, const ArticleCommit& commit);

// stories.cpp
/// What a new article is compared with others by, and whose copy it is.
void write_story(sqlite::Connection& db, const NewArticle& made, ArticleRow article);
/// Of an article's text as it is now.
void write_signature(sqlite::Connection& db, const NewSignature& signature, ArticleRow article);

// outbox.cpp
/// Of a message or a delivery that is no more, nothing is written.
void end_try(sqlite::Connection& db, const Told& told, const TryEnd& how);
void write_messages(sqlite::Connection& db, const NewMessages& made);
/// Its pause is over; what others were told of it holds until it takes something.
void resume_receiver(sqlite::Connection& db, const std::string& receiver);
void disable_receiver(sqlite::Connection& db, const std::string& receiver);
/// Those that said 410, and the pause of those that are reached in another way now.
void enable_receivers(sqlite::Connection& db, const std::vector<std::string>& mended);

// change_outbox.cpp
/// How many messages and deliveries it changed.
std::int64_t change_outbox(sqlite::Connection& db, const OutboxChange& change, Instant now);

// hash_chain.cpp
struct ChainLink {
  std::string article;  // id
  int number = 0;
  std::string record;
  std::string raw_sha256;
  Instant observed_at;
};
/// SHA-256 over the hash before, the record's hash and the raw bytes' hash (contract, "Evidence").
std::string link_hash(const std::string& previous, const ChainLink& link);

}  // namespace tinwatch::storage
