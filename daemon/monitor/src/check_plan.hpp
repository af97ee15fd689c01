#pragma once

#include "core/types.hpp"
#include "monitor/rhythm.hpp"

#include <optional>

namespace tinwatch::monitor {

/// What the checks of one page bring and cost, in edits.
struct CheckWorth {
  double rate = 0;  ///< edits expected in an hour of average business
  /// Hours. An edit that is seen within them is seen in time; a later one might as well be seen
  /// much later. That is what a 95th percentile asks.
  double reach = 0;
  double cost = 0;  ///< of a check: so many edits seen in time would have been had elsewhere
};

/// Hours until the first check of the plan for the next four days that brings most above its cost;
/// nothing when no check pays. Checks are at least the reach apart. At a site that sleeps the plan
/// leaves the night out, and lies so that little happens between the last check of an evening and
/// the reach of the first one of a morning.
///
/// Dynamic programming over eighths of the reach: some 10 us.
[[nodiscard]] std::optional<double> first_paying_check(Instant now, const Rhythm& rhythm,
                                                       const CheckWorth& worth);

}  // namespace tinwatch::monitor
