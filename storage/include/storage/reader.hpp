#pragma once

#include "core/host_state.hpp"
#include "storage/article.hpp"
#include "storage/learned.hpp"
#include "storage/source.hpp"
#include "storage/verify.hpp"
#include "storage/views.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::storage {

/// How long a question may work before it is given up: an open read transaction keeps the log of
/// writes from being taken into the file.
struct QuestionLimit {
  Duration time = std::chrono::seconds{30};
  /// Steps of SQLite's machine; a simple look-up takes some tens.
  std::uint64_t steps = std::numeric_limits<std::uint64_t>::max();
};
/// Of the integrity check and the hash chain, which read the whole file.
inline constexpr QuestionLimit examination_limit{.time = std::chrono::hours{1}};

/// Looks into the database and changes nothing. Used by one thread at a time; every call sees the
/// newest committed state. Throws sqlite::Error when the database fails, GivenUp when a question
/// goes over its limit.
class Reader {
 public:
  /// The database must exist. Throws Unusable when it does not, or is from a newer version, and
  /// Damaged when it cannot be read.
  explicit Reader(const std::string& path, QuestionLimit limit = {});
  ~Reader();

  /// Whatever is asked from now on is one question with a limit of its own; so is what is asked of
  /// a new reader.
  void begin_question() const;
  /// Gives up what is asked now and from now on. Any thread.
  void interrupt();

  // For the pipeline.
  /// Every host with something to visit, and when the first of it is due.
  [[nodiscard]] std::vector<std::pair<std::string, Instant>> queues() const;
  /// What is next at a host.
  [[nodiscard]] Queue queue(const Turn& turn, Instant now) const;
  [[nodiscard]] std::optional<FrontierItem> frontier_item(const std::string& source,
                                                          const std::string& url) const;
  /// By identifier where there is one, else by an address that showed it.
  [[nodiscard]] std::optional<StoredArticle> find_article(SourceRow source,
                                                          const std::string& identifier,
                                                          const std::string& canonical_url,
                                                          const std::string& url) const;
  /// By an address that showed it; its record, its other addresses and when they showed it only if
  /// it was not there lately. What a poll asks that shall find nothing new: most of an article's
  /// bytes are its record.
  [[nodiscard]] std::optional<StoredArticle> glance_at_article(SourceRow source,
                                                               const std::string& url) const;
  /// The last response that was read whole.
  [[nodiscard]] std::optional<Capture> last_capture(ArticleRow article) const;
  /// The number of the article's newest revision with that state; 0 when there is none.
  [[nodiscard]] int revision_of_state(ArticleRow article, const std::string& editorial_hash) const;
  [[nodiscard]] std::optional<StoredArticle> stored_article(ArticleRow row) const;
  /// The canonical address of the article that a page behind its first belongs to; empty: none.
  [[nodiscard]] std::string article_of_page(SourceRow source, const std::string& url) const;
  /// Articles that share one of the bands: all of the source itself, and those of others that were
  /// first seen since then.
  [[nodiscard]] std::vector<CopyCandidate> copy_candidates(SourceRow source,
                                                           const std::vector<std::int64_t>& bands,
                                                           Instant since) const;
  /// All articles with the text of this one, itself included, who published first comes first;
  /// empty without copies.
  [[nodiscard]] std::vector<CopyView> copies(const std::string& article_id) const;
  /// What the source's pages turned out to be; votes before `since` do not count.
  [[nodiscard]] std::vector<LearnedTemplate> learned_templates(SourceRow source,
                                                               Instant since) const;
  [[nodiscard]] std::optional<LearnedTemplate> learned_template(const std::string& source,
                                                                const std::string& address_template,
                                                                Instant since) const;
  /// Text that moves by itself on the source's pages of that template.
  [[nodiscard]] std::vector<Noise> noise(const std::string& source,
                                         const std::string& address_template) const;
  /// What may be such; `since`: from when on it is the article's own.
  [[nodiscard]] std::vector<Suspect> suspects(SourceRow source, const std::string& address_template,
                                              ArticleRow article, Instant since) const;
  [[nodiscard]] std::vector<SourceCondition> conditions() const;
  /// Hosts of a source's addresses, or of an address's or an article's (its id); 1,000 at most.
  [[nodiscard]] std::vector<std::string> hosts_of(const std::string& source_or_url) const;
  /// Those that may not be asked yet.
  [[nodiscard]] std::vector<HostState> hosts_to_spare(Instant now) const;
  /// Those found while they were news, by source and hour, oldest first.
  [[nodiscard]] std::vector<PastHour> live_articles(Instant since) const;
  /// When the first of those that are not due yet is; nothing: there is none. What is due and was
  /// not given stands behind one of them.
  [[nodiscard]] std::optional<Instant> next_delivery_at(const std::string& receiver,
                                                        Instant now) const;
  /// What a receiver is told next: in the order of events, and of one article none before those
  /// before it. A delivery that has failed three times stands behind all others.
  [[nodiscard]] std::optional<DeliveryItem> next_delivery(const std::string& receiver,
                                                          Instant now) const;
  [[nodiscard]] ReceiverState receiver(const std::string& name) const;
  /// Those that others were told of.
  [[nodiscard]] std::vector<ReceiverState> failing_receivers() const;
  /// What a receiver of messages has before it. While one is to be sent, that alone.
  /// `has_groups`: also when its groups were written last.
  [[nodiscard]] Desk desk(const std::string& receiver, Instant now, bool has_groups = false) const;
  /// The event of a delivery (its row).
  [[nodiscard]] std::optional<Event> event_of(std::int64_t delivery) const;
  /// The last revision of the article that the receiver was told of; 0: none.
  [[nodiscard]] int told_revision(const std::string& receiver, const std::string& article_id) const;

  /// Who has deliveries waiting, and how many.
  [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> waiting_deliveries() const;
  /// Whether the database's file was moved, replaced or deleted: what is written is lost at the
  /// end.
  [[nodiscard]] bool has_lost_its_file() const;

  // For people.
  [[nodiscard]] std::vector<ArticleView> articles(const ArticleFilter& filter) const;
  /// By id, unique prefix of an id, or URL. Nothing when there is none or the prefix fits several.
  [[nodiscard]] std::optional<ArticleView> article(const std::string& reference) const;
  /// By an address that showed it, canonical.
  [[nodiscard]] std::optional<ArticleView> article_shown_at(const std::string& url) const;
  /// How many ids begin with it; counted up to `most_counted`. 0 where it is no prefix of an id.
  [[nodiscard]] std::size_t articles_with_prefix(const std::string& prefix) const;
  static constexpr std::size_t most_counted = 1000;
  [[nodiscard]] bool has_source(const std::string& name) const;
  /// Newest first, without their records: each may be a megabyte.
  [[nodiscard]] std::vector<RevisionView> revisions(const std::string& article_id,
                                                    std::size_t limit) const;
  /// The newest for number 0.
  [[nodiscard]] std::optional<RevisionView> revision(const std::string& article_id,
                                                     int number) const;
  /// Revisions of all articles, in the order in which they were stored.
  [[nodiscard]] std::vector<PastRevision> history(const HistoryFilter& filter) const;
  /// The raw page behind a revision; nothing once it was pruned.
  [[nodiscard]] std::optional<Capture> capture(const std::string& article_id, int revision) const;
  /// Oldest first; ends early once their data is of `most_bytes`, but not before the first.
  [[nodiscard]] std::vector<Event> events(std::int64_t after_seq, std::optional<Instant> since,
                                          std::size_t limit,
                                          std::size_t most_bytes = no_limit) const;
  /// Those before a sequence number (0: from the newest on) that `keeps` says yes to, newest first.
  /// Looks at `most_looked_at` and no further: a page about little is as cheap as one about much.
  [[nodiscard]] EventPage stream(std::int64_t before, std::size_t limit,
                                 const std::function<bool(const Event&)>& keeps) const;
  /// Newest first.
  [[nodiscard]] std::vector<Event> events_of(const std::string& article_id,
                                             std::size_t limit) const;
  /// Newest first.
  [[nodiscard]] std::vector<DeliveryView> deliveries(const DeliveryFilter& filter) const;
  [[nodiscard]] std::optional<DeliveryView> delivery(const std::string& id) const;
  /// In the order of the events; `after`: a row.
  [[nodiscard]] std::vector<DeliveryView> deliveries_of_message(const std::string& message_id,
                                                                std::int64_t after,
                                                                std::size_t limit) const;
  [[nodiscard]] std::optional<MessageView> message(const std::string& id) const;
  [[nodiscard]] std::optional<Event> event(const std::string& id) const;
  [[nodiscard]] Overview overview(Instant now) const;
  /// A URL as each source knows it.
  [[nodiscard]] std::vector<UrlView> explain(const std::string& url) const;
  [[nodiscard]] std::optional<KnownHost> host(const std::string& host) const;

  /// Faults of the file and its references, each with the file's name; empty when it is sound.
  [[nodiscard]] std::vector<std::string> integrity_faults() const;
  /// Whether somebody changed what was stored: the hash chain of every source, the hashes of the
  /// raw pages that are kept, and what sources, articles, revisions and events say of each other.
  /// Of one article's source, if `article_id` is not empty. One page, one record and one article's
  /// list of revisions are in memory at a time.
  [[nodiscard]] VerifyReport verify(const std::string& article_id) const;

  /// For the storage's own functions, which alone see into it.
  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }

 private:
  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::storage
