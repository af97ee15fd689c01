#pragma once

#include "telemetry/snapshot.hpp"

#include <prometheus/metric_family.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::telemetry {

/// Seconds since 1970; 0 for a time that has not come.
[[nodiscard]] double timestamp(std::optional<Instant> at);

/// Conditions that a source had since the start, by source: they keep their series, at 0 or 1.
using HeldConditions = std::map<std::string, std::set<std::string_view>>;

/// The gauges of a snapshot, for the page. `held` follows the snapshot: a source that is not in it
/// is forgotten.
[[nodiscard]] std::vector<prometheus::MetricFamily> families_of(const Snapshot& snapshot,
                                                                HeldConditions& held);

}  // namespace tinwatch::telemetry
