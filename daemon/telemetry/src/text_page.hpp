#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <vector>

namespace tinwatch::telemetry {

/// Counters, gauges and histograms in the Prometheus text format 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats). Written here and not by the library's
/// serializer, which takes four times as long: a page of 1,000 sources has 20,000 lines.
[[nodiscard]] std::string text_page(const std::vector<prometheus::MetricFamily>& families);

}  // namespace tinwatch::telemetry
