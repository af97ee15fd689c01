#pragma once

#include "core/types.hpp"
#include "telemetry/snapshot.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::telemetry {

/// Every exported metric, named once (docs/metrics.md). Label values come from closed sets or from
/// the configuration; text from a page never reaches a label. Counting belongs to the io thread; a
/// page is made on any.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// The names of the configuration in force.
  struct Names {
    std::vector<std::string> sources;
    std::vector<std::string> receivers;
    std::vector<std::string> watches;  ///< those with `metrics: true`
  };
  /// The series of these names are there from now on, at 0 where they are new. Those of names that
  /// were declared before and are not now go, and what still happens to them (a visit under way) is
  /// not counted.
  void declare(Names names);

  // What happened.
  void fetched(std::string_view source, std::string_view outcome);
  void answered(std::string_view kind, Duration elapsed, std::size_t wire_bytes);
  void fetch_failed(std::string_view kind, std::string_view reason);
  void polled(std::string_view result);
  void parsed(std::string_view source, std::chrono::nanoseconds took);
  void field_missing(std::string_view source, std::string_view field);
  void committed(std::chrono::nanoseconds took);
  void article_event(std::string_view source, std::string_view event);
  void revised(std::string_view change_class, std::optional<Duration> bound);
  void reparsed();
  void detected(Duration latency);
  void detection_latency_unknown(std::string_view reason);
  void watch_hit(std::string_view watch);
  void delivered(std::string_view receiver, std::string_view outcome);
  void http_request(std::string_view handler, int code);
  void loop_lag(std::chrono::nanoseconds late);
  void reloaded(bool successful, Instant at);

  /// The page at /metrics, in the Prometheus text format 0.0.4: what was counted, and what is.
  [[nodiscard]] std::string serialise(const Snapshot& now = {}) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::telemetry
