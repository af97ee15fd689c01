#pragma once

#include "core/event.hpp"
#include "core/model.hpp"
#include "core/severity.hpp"
#include "core/types.hpp"
#include "storage/outbox.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What people and receivers are shown of the store. Values; times are UTC.
namespace tinwatch::storage {

struct ReceiverState {
  std::string name;
  int failures = 0;
  std::optional<Instant> paused_until;
  bool disabled = false;
  std::optional<Instant> failing_since;  ///< nothing was taken since
  bool is_failing = false;               ///< and others were told of that
  std::optional<Instant> took_at;        ///< something, for the last time
};

struct DeliveryView {
  std::int64_t row = 0;  ///< for cursors only
  std::string id;
  std::string receiver;
  DeliveryState state = DeliveryState::pending;
  int attempts = 0;
  Instant created_at{};
  Instant next_at{};
  std::optional<Instant> delivered_at;
  std::string last_error;
  std::string event;
  std::string event_type;
  std::string article;
  Severity severity = Severity::normal;
  std::string watch;       ///< its name; empty: no watch hit
  int revision = 0;        ///< of the article; 0: of none
  std::string message;     ///< id of the one it is in; empty: none
  std::string headline;    ///< of the article, as it is now: its first 300 characters
  std::string source;      ///< its name
  std::string transition;  ///< label; empty: no watch hit
};

/// Which deliveries, newest first.
struct DeliveryFilter {
  std::string state;        ///< label; empty: any
  std::string receiver;     ///< empty: any
  std::int64_t before = 0;  ///< a row, exclusive; 0: from the newest on
  std::size_t limit = 100;
};

/// A message as people are shown it.
struct MessageView {
  std::string id;
  std::string receiver;
  std::string recipient;  ///< empty: the receiver itself
  DeliveryState state = DeliveryState::pending;
  int attempts = 0;
  Instant created_at{};
  Instant next_at{};
  std::optional<Instant> delivered_at;
  std::string last_error;
  std::string title;
  std::string body;  ///< bytes as they are sent
  std::int64_t deliveries = 0;
};

struct ArticleView {
  std::int64_t row = 0;  ///< for cursors only
  std::string id;
  std::string source;
  ArticleStatus status = ArticleStatus::live;
  Discovery discovery = Discovery::live;
  Instant first_seen_at{};
  Instant last_checked_at{};
  Instant last_changed_at{};
  std::optional<Instant> removed_at;
  std::optional<Instant> published_at;
  int head_revision = 0;
  std::string headline;  ///< its first 300 characters
};

struct RevisionView {
  std::string id;
  int number = 0;
  Instant observed_at{};
  std::optional<Instant> not_before;
  std::string extractor;
  std::string raw_sha256;
  std::string record;  ///< JSON
  std::string change;  ///< JSON
  std::string hash;
};

/// A revision as it was stored, with the one before it: what watches are asked of history with.
struct PastRevision {
  std::int64_t row = 0;  ///< rising with time; where a list goes on
  std::string article;   ///< its id
  std::string source;    ///< its name
  std::string url;       ///< the article's canonical address
  int number = 0;
  Instant observed_at{};
  Discovery discovery = Discovery::live;  ///< of the article
  std::string change;                     ///< JSON; `{}` of the first
  std::string record;                     ///< JSON
  std::string previous;                   ///< JSON of the revision before it; empty: there is none
};

/// Which of them, oldest first.
struct HistoryFilter {
  std::int64_t after = 0;  ///< a row; 0: from the beginning, or from `since`
  std::optional<Instant> since;
  std::optional<Instant> until;  ///< exclusive
  std::size_t limit = 100;
  std::size_t most_bytes = std::size_t{1}
                           << 20U;  ///< of records; it ends early, not before the first
};

enum class ArticleOrder { published, seen, changed };

struct ArticleFilter {
  std::string source;  ///< empty: all
  std::optional<Instant> since;
  std::optional<Instant> until;
  ArticleOrder by = ArticleOrder::seen;
  std::size_t limit = 100;
  std::optional<std::pair<Instant, std::int64_t>> before;  ///< keyset cursor: time and row
};

/// A part of the stream of events, newest first.
struct EventPage {
  static constexpr std::size_t most_looked_at = 2000;

  std::vector<Event> events;
  std::int64_t next = 0;  ///< where older ones go on; 0: there are none
};

struct SourceView {
  std::string name;
  std::string title;
  bool active = true;
  std::int64_t articles = 0;
  std::optional<Instant> last_success_at;
  std::optional<Instant> last_new_article_at;
  std::optional<Instant> silent_since;
  SilentReason silent_reason = SilentReason::nothing_new;  ///< while it is
  std::optional<Instant> unreachable_since;
  std::optional<Instant> drifted_since;
};

/// A host that is left alone for a while.
struct BlockedHost {
  std::string host;
  Instant until{};
  int failures = 0;  ///< in a row
};

struct OutboxView {
  std::string receiver;
  std::int64_t pending = 0;
  std::int64_t dead = 0;
  std::optional<Instant> oldest;
  bool disabled = false;
};

/// One of several articles, of different sources, with one text.
struct CopyView {
  std::string id;
  std::string source;
  std::string url;
  std::string headline;
  Instant first_seen_at{};
  std::optional<Instant> published_at;
  std::optional<Instant> edited_at;  ///< the last time; nothing: it is as it was
};

/// Visits of one URL that ended alike, one after the other.
struct VisitsView {
  Instant first_at{};
  Instant last_at{};
  std::int64_t times = 0;
  std::string outcome;
  std::string detail;
};

/// All that is known of how a URL is visited.
struct UrlView {
  std::string source;
  std::string url;
  std::string host;
  TargetKind kind = TargetKind::article;
  bool waiting = true;  ///< else it is retired: not visited any more
  Discovery discovery = Discovery::live;
  Instant found_at{};
  std::string found_on;  ///< the page that named it first; empty: the configuration, or not known
  bool is_start = false;
  Instant due_at{};
  std::string due_reason;
  std::optional<Instant> last_success_at;
  int failures = 0;
  int shortcuts = 0;
  std::vector<VisitsView> visits;  ///< newest first
  std::string article;             ///< id; empty: it never showed one
  std::string article_url;         ///< the article's canonical address
  ArticleStatus article_status = ArticleStatus::live;
  int head_revision = 0;
  HeldState held;
};

/// What status and metrics show of the whole store.
struct Overview {
  std::vector<SourceView> sources;
  std::vector<OutboxView> outbox;
  std::vector<BlockedHost> blocked_hosts;  ///< at most a hundred, the longest blocked first
  std::int64_t frontier_due = 0;
  std::int64_t frontier_waiting = 0;
  std::int64_t frontier_blocked = 0;
  std::int64_t frontier_retired = 0;
  std::optional<Instant> oldest_due;
  std::int64_t size_bytes = 0;
  std::int64_t free_bytes = 0;
  std::int64_t last_event_seq = 0;
};

}  // namespace tinwatch::storage
