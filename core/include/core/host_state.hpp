#pragma once

#include "core/types.hpp"

#include <optional>
#include <string>

namespace tinwatch {

/// How a host is to be treated, kept over restarts so that a restart is no excuse for a burst.
struct HostState {
  std::string host;                      ///< `host[:port]`
  Instant next_allowed{};                ///< no request leaves earlier
  std::optional<Instant> blocked_until;  ///< after 429, 503 or failures to connect
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
