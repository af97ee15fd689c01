#pragma once

#include "core/types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::telemetry {

/// Every exported metric, named once (docs/metrics.md). Label values come from closed sets or from
/// the configuration; text from a page never reaches a label. Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Makes the known series of these sources, receivers and watches appear, at 0.
  void declare(const std::vector<std::string>& sources, const std::vector<std::string>& receivers,
               const std::vector<std::string>& watches);

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

  // What is, read from the store when somebody asks.
  void set_source(std::string_view source, std::int64_t articles,
                  std::optional<Instant> last_success, std::optional<Instant> last_new);
  void set_frontier(std::int64_t due, std::int64_t waiting, std::int64_t blocked,
                    std::int64_t retired, std::optional<Instant> oldest_due);
  void set_hosts_blocked(std::size_t hosts);
  void set_outbox(std::string_view receiver, std::int64_t pending, std::int64_t dead,
                  std::optional<Instant> oldest);
  void set_store(std::int64_t size_bytes, std::int64_t free_bytes);

  /// The page at /metrics, in the Prometheus text format 0.0.4.
  [[nodiscard]] std::string serialise() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::telemetry
