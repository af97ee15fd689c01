#pragma once

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace tinwatch::telemetry {

/// The conventional process_* metrics of Prometheus' client libraries.
class Process {
 public:
  explicit Process(prometheus::Registry& registry);
  /// Reads them anew; to be called before the registry is collected.
  void refresh();

 private:
  prometheus::Counter& cpu_seconds_;
  prometheus::Gauge& open_fds_;
  prometheus::Gauge& max_fds_;
  prometheus::Gauge& virtual_memory_;
  prometheus::Gauge& resident_memory_;
  prometheus::Gauge& start_time_;
};

}  // namespace tinwatch::telemetry
