#pragma once

#include "core/event_type.hpp"
#include "core/fetch_outcome.hpp"
#include "core/model.hpp"
#include "core/types.hpp"
#include "telemetry/snapshot.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::telemetry {

/// What a parsed page may lack.
enum class PageField { headline, date, body, author };
[[nodiscard]] std::string_view label(PageField field);

/// Why nobody can say how late a live article was met.
enum class LatencyUnknown { no_date, imprecise, out_of_range };
[[nodiscard]] std::string_view label(LatencyUnknown why);

/// What deletes rows that were kept long enough.
enum class RetentionJob { raw_pages, readings, audit };
[[nodiscard]] std::string_view label(RetentionJob job);

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
  void fetched(std::string_view source, FetchOutcome outcome);
  void answered(Fetched what, Duration elapsed, std::size_t wire_bytes);
  void fetch_failed(Fetched what, FetchFailure reason);
  void polled(PollResult result);
  void parsed(std::string_view source, std::chrono::nanoseconds took);
  void field_missing(std::string_view source, PageField field);
  void committed(std::chrono::nanoseconds took);
  /// The disk did not take a write.
  void store_failed();
  /// Nothing of events that have no series.
  void article_event(std::string_view source, EventType event);
  void revised(ChangeClass change_class, std::optional<Duration> bound);
  void reparsed();
  void detected(Duration latency);
  void detection_latency_unknown(LatencyUnknown why);
  void watch_hit(std::string_view watch);
  void delivered(std::string_view receiver, DeliveryOutcome outcome);
  void http_request(std::string_view handler, int code);
  /// The machine's clock was set by so much.
  void clock_jumped(Duration by);
  void retention_deleted(RetentionJob job, std::int64_t rows);
  void loop_lag(std::chrono::nanoseconds late);
  void reloaded(bool successful, Instant at);

  /// The page at /metrics, in the Prometheus text format 0.0.4: what was counted, and what is.
  [[nodiscard]] std::string serialise(const Snapshot& now = {}) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::telemetry
