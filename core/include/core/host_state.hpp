#pragma once

#include "core/types.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace tinwatch {

/// The longest delay that a robots.txt can ask for.
inline constexpr Duration longest_crawl_delay = std::chrono::seconds{120};

/// How far ahead a host's `next_allowed` can lie where the configuration wants that delay: what is
/// written ahead of a request, and a request's own time, come on top. Later was written by a clock
/// that was wrong.
[[nodiscard]] constexpr Duration longest_politeness(Duration delay) {
  return std::max(delay, longest_crawl_delay) + std::chrono::seconds{5};
}

/// How a host is to be treated, kept over restarts so that a restart is no excuse for a burst.
struct HostState {
  std::string host;                      ///< `host[:port]`
  Instant next_allowed{};                ///< no request leaves earlier
  std::optional<Instant> blocked_until;  ///< after 429, 503 or failures to connect
  bool wants_quiet = false;              ///< it asked for that itself (Retry-After)
  int failures = 0;                      ///< of that kind, in a row
  std::optional<Instant> last_failure;
  /// It said "not modified" of a page that was.
  std::optional<Instant> validators_lied_at;
};

/// What a host answered when it was asked for its robots.txt.
struct RobotsAnswer {
  int status = 0;  ///< 0: unreachable
  Instant fetched_at{};
  int failures = 0;  ///< in a row
  /// Nothing where it was too long to be kept: then it is asked for again.
  std::optional<std::string> text;
};

/// What an earlier time left of a host.
struct KnownHost {
  HostState state;
  std::optional<RobotsAnswer> robots;  ///< empty: never asked, or long ago
};

}  // namespace tinwatch
