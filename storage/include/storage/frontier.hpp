#pragma once

#include "core/model.hpp"
#include "core/types.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What is visited, and what visits leave behind. Values; times are UTC.
namespace tinwatch::storage {

/// In which order what is due at one host is visited.
enum class Priority {
  news = 0,     ///< articles not seen yet
  known = 1,    ///< what is looked at again
  backlog = 2,  ///< what was there before anybody watched
};
[[nodiscard]] constexpr Priority priority_of(TargetKind kind, Discovery discovery) {
  if (kind != TargetKind::article) return Priority::known;
  return discovery == Discovery::live ? Priority::news : Priority::backlog;
}

/// What a page's next answer is told by. Bytes as they came over the wire, the hash apart.
struct Validators {
  std::string etag;
  std::string last_modified;
  std::string body_sha256;  ///< of the body as it was sent
  friend bool operator==(const Validators&, const Validators&) = default;
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
  Validators validators;
  int parse_attempts = 0;  ///< parses during which the daemon ended
  int shortcuts = 0;       ///< polls in a row that did not read the page whole
  int further_page = 0;    ///< so many pages behind a list's first; read once. 0: polled
  bool has_named = false;  ///< a list: it named an article once
  /// When the list that named it was read before that; empty: never.
  std::optional<Instant> list_read_at;
  bool source_has_articles = false;  ///< any is known
  /// When the request left that is being answered; empty: none was made.
  std::optional<Instant> asked_at;
};

/// When a URL is visited next.
struct NextVisit {
  Instant at{};
  std::string reason;  ///< for people
};

/// The page was seen: there are no failures any more.
struct Seen {
  NextVisit next;
  Validators validators;
  int shortcuts = 0;
  bool shows_article = false;    ///< at this very address
  bool becomes_article = false;  ///< a list's page that is an article: visited as one from now on
};
/// It was not, or could not be read.
struct Failed {
  NextVisit next;
  int failures = 0;                  ///< in a row
  bool keep_parse_attempts = false;  ///< the page was not parsed: what is known of it stays
};
/// It is not visited any more, unless it is named again.
struct Retired {
  bool was_seen = false;
  int failures = 0;
  bool keep_parse_attempts = false;
};

/// How a visit ended for its address.
using VisitEnd = std::variant<Seen, Failed, Retired>;

/// What a visit leaves behind in the frontier.
struct FrontierUpdate {
  FrontierRow row;
  Instant visited_at{};
  /// When the request left that showed what the visit saw; empty: the time of the visit.
  std::optional<Instant> asked_at;
  VisitEnd end;
  VisitOutcome outcome = VisitOutcome::failed;
  std::string detail;  ///< for people
};

/// What the page shows was so at that time; later it may have changed.
[[nodiscard]] inline Instant shown_at(const FrontierUpdate& update) {
  return update.asked_at.value_or(update.visited_at);
}

/// A URL met on a page, in a feed or a sitemap.
struct FoundUrl {
  std::string url;
  std::string host;
  TargetKind kind = TargetKind::article;
  Priority priority = Priority::known;
  /// Whoever names it names articles only: an address that was taken for a list's becomes one.
  bool is_sure = false;
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

/// All that one visit of a list changes.
struct ListCommit {
  FrontierUpdate frontier;
  SourceRow source;
  Instant at{};
  Discovery discovery = Discovery::live;  ///< of what is new
  std::string url;                        ///< of the list
  std::optional<Instant> list_read_at;    ///< before; empty: never
  std::map<std::string, int> most_new;    ///< by host: how many of them may be new
  int most_of_source = 1'000'000;         ///< of all hosts together
  int most_new_hosts = 1'000'000;         ///< hosts that nothing waits at yet
  std::vector<FoundUrl> found;
  std::optional<FoundUrl> next;    ///< the list's next page, to be read once if there is a gap:
  int gap = 0;                     ///< at least so many articles are new
  NextVisit further;               ///< of the next page
  int further_page = 0;            ///< of the next page
  Instant further_unread_since{};  ///< unless it was read after this
};

/// What a list brought.
struct ListResult {
  std::map<std::string, int> added;  ///< addresses that were not known, by host
  int new_hosts = 0;
  int left_out = 0;  ///< addresses beyond what may be new; they have to be met again
  bool has_gap = false;
};

}  // namespace tinwatch::storage
