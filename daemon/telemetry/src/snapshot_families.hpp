#pragma once

#include "telemetry/snapshot.hpp"

#include <prometheus/metric_family.h>

#include <vector>

namespace tinwatch::telemetry {

/// Seconds since 1970; 0 for a time that has not come.
[[nodiscard]] double timestamp(std::optional<Instant> at);

/// The gauges of a snapshot, for the page.
[[nodiscard]] std::vector<prometheus::MetricFamily> families_of(const Snapshot& snapshot);

}  // namespace tinwatch::telemetry
