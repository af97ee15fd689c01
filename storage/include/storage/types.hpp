#pragma once

#include "core/host_state.hpp"
#include "core/model.hpp"
#include "core/types.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What goes into the store and comes out of it. Values; times are UTC; `id` is always a UUIDv7.
namespace tinwatch::storage {

/// A source as the configuration names it.
struct SourceEntry {
  std::string name;
  std::string title;
  struct Start {
    std::string url;  ///< canonical
    std::string host;
    TargetKind kind = TargetKind::listing;
  };
  std::vector<Start> start;
};

/// A URL whose time has come.
struct FrontierItem {
  FrontierRow row;
  SourceRow source_row;
  std::string source;
  std::string url;
  std::string host;
  TargetKind kind = TargetKind::listing;
  Discovery discovery = Discovery::live;
  Instant found_at{};
  Instant due_at{};
  std::optional<Instant> last_success_at;  ///< empty: never seen yet
  int failures = 0;
  std::string etag;
  std::string last_modified;
  std::string body_sha256;  ///< of the body as it was sent
  int parse_attempts = 0;   ///< parses during which the daemon ended
  int shortcuts = 0;        ///< polls in a row that did not read the page whole
  int further_page = 0;     ///< so many pages behind a list's first; read once. 0: polled
};

/// What a visit leaves behind in the frontier.
struct FrontierUpdate {
  FrontierRow row;
  Instant visited_at{};
  Instant due_at{};
  bool success = false;  ///< the page was seen; sets the validators and clears the failures
  int failures = 0;
  bool keep_parse_attempts = false;  ///< the page was not parsed: what is known of it stays
  FrontierState state = FrontierState::waiting;
  std::string etag;
  std::string last_modified;
  std::string body_sha256;
  int shortcuts = 0;
  std::string outcome;     ///< one word, for `explain`
  std::string detail;      ///< for people
  std::string due_reason;  ///< why `due_at`, for people
};

/// A URL met on a page, in a feed or a sitemap.
struct FoundUrl {
  std::string url;
  std::string host;
  TargetKind kind = TargetKind::article;
};

/// A host that may be asked, and what for at most.
struct Turn {
  std::string host;
  std::size_t most = 1;
};

/// What a host's queue holds.
struct Queue {
  std::vector<FrontierItem>
      due;  ///< the first ones: new articles, then known pages, then the baseline
  std::optional<Instant> next_due;  ///< of what is not due yet
};

/// A response worth keeping.
struct Capture {
  std::string url;
  std::string final_url;
  Instant fetched_at{};
  int status = 0;
  std::string headers;  ///< one `name: value` a line
  std::string content_type;
  std::string body;
  std::string sha256;  ///< of the body
  std::string coding;  ///< the Content-Encoding of `sent`
  std::string sent;    ///< the body as it was sent, which is then kept; empty: the body is
};
/// Parsed, compared and written by several threads: never copied.
using CapturePtr = std::shared_ptr<const Capture>;

/// An article as the next page is compared with it.
struct StoredArticle {
  ArticleRow row;
  std::string id;
  std::string identifier;
  std::string canonical_url;
  ArticleStatus status = ArticleStatus::live;
  Discovery discovery = Discovery::live;
  Instant first_seen_at{};
  Instant last_shown_at{};  ///< the last check that showed it
  std::optional<Instant> published_at;
  int absence_checks = 0;
  std::optional<Instant> absent_since;
  int head_revision = 0;
  std::string record;  ///< JSON; see Reader::glance_at_article
  std::string extractor;
  std::string profile_hash;
  std::int64_t event_sequence = 0;
  /// The address, other than the canonical one, that showed the article last, if it did so after
  /// the canonical one did.
  std::string newer_address;
  Instant last_changed_at{};
  bool canonical_shown = true;  ///< the canonical address itself showed an article once
  std::string other_address;    ///< the same, whenever it was; empty without one
  HeldState held;
  bool has_copies = false;  ///< at other sources
  std::string region;       ///< of its page (monitor/page_region.hpp); empty: none
  int region_misses = 0;    ///< pages that it did not fit although the text was the same
};

struct NewDelivery {
  std::string id;
  std::string receiver;
  std::string team;
};

struct NewHit {
  std::string id;
  std::string watch;
  std::string team;
  std::string transition;
};

struct NewEvent {
  std::string id;
  std::string type;
  Instant at{};
  Discovery discovery = Discovery::live;
  std::string data;  ///< JSON
  std::optional<NewHit> hit;
  std::vector<NewDelivery> deliveries;
};

struct NewRevision {
  std::string id;
  std::string editorial_hash;
  std::string change;  ///< JSON
  std::optional<Instant> not_before;
};

struct Reading {
  std::string name;
  std::string value;
};

/// What an article's text is compared with others by (monitor/near_duplicate.hpp).
struct NewSignature {
  std::string bytes;
  std::vector<std::int64_t> bands;
};

/// An article that may have the same text.
struct CopyCandidate {
  ArticleRow article;
  std::string signature;
};

/// All that one visit of an article changes. It is written whole or not at all.
struct ArticleCommit {
  FrontierUpdate frontier;
  SourceRow source;
  Instant at{};
  std::optional<ArticleRow> article;  ///< empty: a new one
  int expected_head = 0;              ///< the revision the visit compared with; 0 for a new article
  std::int64_t expected_sequence = 0;  ///< and the number of its last event
  std::string id;                      ///< of a new article
  std::string identifier;
  std::string canonical_url;
  std::string url;  ///< the address that showed the article; empty when none did
  ArticleStatus status = ArticleStatus::live;
  Discovery discovery = Discovery::live;
  int absence_checks = 0;
  std::optional<Instant> absent_since;
  std::optional<Instant> published_at;
  std::string headline;
  std::optional<std::string> record;  ///< JSON; empty: the compared state stays
  std::string extractor;
  std::string profile_hash;
  std::optional<NewRevision> revision;
  CapturePtr capture;
  std::vector<Reading> readings;
  std::vector<NewEvent> events;
  std::vector<FoundUrl> check_now;  ///< other addresses of the article to look at at once
  HeldState held;
  std::optional<NewSignature> signature;  ///< of a new article
  std::optional<ArticleRow> copy_of;      ///< another source's article with that text
};

enum class CommitResult { committed, conflict };

/// All that one visit of a list changes.
struct ListCommit {
  FrontierUpdate frontier;
  SourceRow source;
  Instant at{};
  Discovery discovery = Discovery::live;  ///< of what is new
  std::string url;                        ///< of the list
  std::map<std::string, int> most_new;    ///< by host: how many of them may be new
  int most_of_source = 1'000'000;         ///< of all hosts together
  int most_new_hosts = 1'000'000;         ///< hosts that nothing waits at yet
  std::vector<FoundUrl> found;
  std::optional<FoundUrl> next;  ///< the list's next page, to be read once if there is a gap:
  int gap = 0;                   ///< at least so many articles are new
  int further_page = 0;          ///< of the next page
};

/// What a list brought.
struct ListResult {
  std::map<std::string, int> added;  ///< addresses that were not known, by host
  int new_hosts = 0;
  int left_out = 0;  ///< addresses beyond what may be new; they have to be met again
  bool has_gap = false;
};

/// What an article tells of its site's habits.
struct PastArticle {
  std::string source;
  Instant first_seen_at{};
  int edits = 0;  ///< revisions after the first
};

/// What is wrong with a source, since when.
struct SourceCondition {
  std::string source;
  std::optional<Instant> silent_since;
  std::optional<Instant> drifted_since;
  std::string drifted;  ///< names of fields, `list:` and a percent-encoded URL; a comma between
  std::optional<Instant> unreachable_since;
};

/// A source's condition changed: the new one, and who is told what.
struct SourceReport {
  SourceCondition condition;
  std::vector<NewEvent> events;
};

}  // namespace tinwatch::storage
