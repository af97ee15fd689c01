#pragma once

#include "core/types.hpp"

#include <algorithm>
#include <optional>

namespace tinwatch {

inline constexpr Duration longest_back_off = std::chrono::hours{24};
/// Of a receiver of deliveries.
inline constexpr Duration longest_pause = std::chrono::hours{1};

/// How long to wait after the n-th failure in a row (n from 1): `first`, doubling to 24 h. A
/// server's own wish (Retry-After) wins, capped at 24 h and never under a second.
[[nodiscard]] constexpr Duration back_off(int failures_in_a_row,
                                          std::optional<Duration> retry_after = {},
                                          Duration first = std::chrono::seconds{60}) {
  if (retry_after)
    return std::clamp<Duration>(*retry_after, std::chrono::seconds{1}, longest_back_off);
  Duration wait = first;
  for (int i = 1; i < failures_in_a_row && wait < longest_back_off; ++i) wait *= 2;
  return std::min(wait, longest_back_off);
}

}  // namespace tinwatch
