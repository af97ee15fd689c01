#include "telemetry/metrics.hpp"

#include "process.hpp"
#include "snapshot_families.hpp"
#include "telemetry/version.hpp"
#include "text_page.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>

namespace tinwatch::telemetry {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using Buckets = Histogram::BucketBoundaries;

const Buckets fetch_buckets{0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
const Buckets parse_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1};
const Buckets commit_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5};
const Buckets latency_buckets{30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400};
// From a look every few seconds to one a week.
const Buckets bound_buckets{1,    5,    15,   30,   60,    120,   300,   600,
                            1200, 1800, 3600, 7200, 14400, 43200, 86400, 604800};

constexpr std::array counted_events{EventType::article_published, EventType::article_revised,
                                    EventType::article_removed, EventType::article_returned,
                                    EventType::article_moved};
constexpr std::array page_fields{PageField::headline, PageField::date, PageField::body,
                                 PageField::author};
constexpr std::array retention_jobs{RetentionJob::raw_pages, RetentionJob::readings,
                                    RetentionJob::audit};
constexpr std::array unknown_latencies{LatencyUnknown::no_date, LatencyUnknown::imprecise,
                                       LatencyUnknown::out_of_range};

template <class Enum>
std::string text(Enum value) {
  return std::string(label(value));
}

prometheus::Labels event_labels(std::string_view source, EventType event) {
  return {{"source", std::string(source)}, {"event", std::string(word_of(event))}};
}

double seconds(std::chrono::duration<double> value) { return value.count(); }

/// Counts only for names that were declared.
void count(Family<Counter>& family, const prometheus::Labels& labels) {
  if (family.Has(labels)) family.Add(labels).Increment();
}

/// Those of `before` that are not in `after`.
std::vector<std::string> left_out(const std::vector<std::string>& before,
                                  const std::vector<std::string>& after) {
  const std::set<std::string_view> kept(after.begin(), after.end());
  std::vector<std::string> out;
  for (const auto& name : before)
    if (!kept.contains(name)) out.push_back(name);
  return out;
}

}  // namespace

struct Metrics::Impl {
  Family<Counter>& counter(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }
  Family<Gauge>& gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  }
  Family<Histogram>& histogram(const char* name, const char* help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  }

  mutable std::mutex mutex;  // refresh and collect belong together
  HeldConditions held;
  prometheus::Registry registry;
  Family<Gauge>& build_info =
      gauge("tinwatch_build_info", "Version and revision of the running program; always 1.");
  Family<Counter>& fetches = counter("tinwatch_fetches_total", "Fetches by source and outcome.");
  Family<Counter>& fetch_errors = counter("tinwatch_fetch_errors_total",
                                          "Failed fetches by what was fetched and why it failed.");
  Family<Histogram>& fetch_duration =
      histogram("tinwatch_fetch_duration_seconds", "Time from a request to the end of its answer.");
  Counter& fetch_bytes =
      counter("tinwatch_fetch_bytes_total", "Response body bytes on the wire.").Add({});
  Family<Counter>& polls =
      counter("tinwatch_polls_total", "Looks at an article by what they found.");
  Histogram& parse_duration =
      histogram("tinwatch_parse_duration_seconds", "Time from a page's bytes to its record.")
          .Add({}, parse_buckets);
  Histogram& commit_duration = histogram("tinwatch_store_commit_duration_seconds",
                                         "Time from asking for a write to its being on disk.")
                                   .Add({}, commit_buckets);
  Family<Counter>& events =
      counter("tinwatch_article_events_total", "Events of articles by source.");
  Family<Counter>& revisions = counter("tinwatch_revisions_total", "Revisions by class of change.");
  Counter& reparsed =
      counter("tinwatch_reparsed_total",
              "Records that differ only because the extractor or a profile changed.")
          .Add({});
  Histogram& latency = histogram("tinwatch_detection_latency_seconds",
                                 "Time from an article's printed date to its discovery.")
                           .Add({}, latency_buckets);
  Family<Counter>& latency_unknown = counter("tinwatch_detection_latency_unknown_total",
                                             "Live articles without a usable printed date.");
  Histogram& edit_bound = histogram("tinwatch_edit_detection_bound_seconds",
                                    "Longest time an edit can have stood before it was seen.")
                              .Add({}, bound_buckets);
  Family<Counter>& articles_parsed =
      counter("tinwatch_articles_parsed_total", "Article pages parsed.");
  Family<Counter>& fields_missing =
      counter("tinwatch_article_fields_missing_total", "Parsed article pages without this field.");
  Family<Counter>& watch_hits =
      counter("tinwatch_watch_hits_total", "Hits of the watches that say metrics: true.");
  Family<Counter>& deliveries =
      counter("tinwatch_deliveries_total", "Tries to deliver by receiver and outcome.");
  Family<Counter>& http_requests =
      counter("tinwatch_http_requests_total", "Requests to the daemon's own HTTP server.");
  Family<Counter>& clock_jumps = counter("tinwatch_clock_jumps_total",
                                         "Times that the machine's clock was set, by direction.");
  Counter& jumps_forward = clock_jumps.Add({{"direction", "forward"}});
  Counter& jumps_back = clock_jumps.Add({{"direction", "back"}});
  Counter& store_failures =
      counter("tinwatch_store_failures_total", "Writes that the disk did not take.").Add({});
  Family<Counter>& retention_deleted =
      counter("tinwatch_retention_deleted_total",
              "Stored rows that were kept long enough, by the job they went with.");
  Gauge& loop_lag =
      gauge("tinwatch_loop_lag_seconds", "How late the event loop woke at the last look.").Add({});
  Gauge& reload_ok = gauge("tinwatch_config_last_reload_successful",
                           "Whether the last reload of the configuration succeeded.")
                         .Add({});
  Gauge& reload_at = gauge("tinwatch_config_last_reload_success_timestamp_seconds",
                           "When the configuration in force was loaded.")
                         .Add({});
  Process process{registry};
  Names declared;

  /// Calls `act` with each series that a source has.
  template <class Act>
  void for_source(const std::string& source, Act act) {
    for (const auto outcome : all_fetch_outcomes)
      act(fetches, {{"source", source}, {"outcome", text(outcome)}});
    for (const auto event : counted_events) act(events, event_labels(source, event));
    for (const auto field : page_fields)
      act(fields_missing, {{"source", source}, {"field", text(field)}});
    act(articles_parsed, {{"source", source}});
  }
  template <class Act>
  void for_receiver(const std::string& receiver, Act act) {
    for (const auto outcome : all_delivery_outcomes)
      act(deliveries, {{"receiver", receiver}, {"outcome", text(outcome)}});
  }
  template <class Act>
  void for_watch(const std::string& watch, Act act) {
    act(watch_hits, {{"watch", watch}});
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {
  impl_->build_info
      .Add({{"version", std::string(version())}, {"revision", std::string(revision())}})
      .Set(1);
  for (const auto what : all_fetched) {
    impl_->fetch_duration.Add({{"kind", text(what)}}, fetch_buckets);
    for (const auto failure : all_fetch_failures)
      impl_->fetch_errors.Add({{"kind", text(what)}, {"reason", text(failure)}});
  }
  for (const auto result : all_poll_results) impl_->polls.Add({{"result", text(result)}});
  for (const auto one : all_change_classes) impl_->revisions.Add({{"class", text(one)}});
  for (const auto job : retention_jobs) impl_->retention_deleted.Add({{"job", text(job)}});
  for (const auto why : unknown_latencies) impl_->latency_unknown.Add({{"reason", text(why)}});
}

Metrics::~Metrics() = default;

void Metrics::declare(Names names) {
  auto& all = *impl_;
  const auto remove = [](Family<Counter>& family, const prometheus::Labels& labels) {
    family.Remove(&family.Add(labels));
  };
  for (const auto& gone : left_out(all.declared.sources, names.sources))
    all.for_source(gone, remove);
  for (const auto& gone : left_out(all.declared.receivers, names.receivers))
    all.for_receiver(gone, remove);
  for (const auto& gone : left_out(all.declared.watches, names.watches))
    all.for_watch(gone, remove);
  const auto add = [](Family<Counter>& family, const prometheus::Labels& labels) {
    family.Add(labels);
  };
  for (const auto& source : names.sources) all.for_source(source, add);
  for (const auto& receiver : names.receivers) all.for_receiver(receiver, add);
  for (const auto& watch : names.watches) all.for_watch(watch, add);
  all.declared = std::move(names);
}

void Metrics::fetched(std::string_view source, FetchOutcome outcome) {
  count(impl_->fetches, {{"source", std::string(source)}, {"outcome", text(outcome)}});
}

void Metrics::answered(Fetched what, Duration elapsed, std::size_t wire_bytes) {
  impl_->fetch_duration.Add({{"kind", text(what)}}, fetch_buckets).Observe(seconds(elapsed));
  impl_->fetch_bytes.Increment(static_cast<double>(wire_bytes));
}

void Metrics::fetch_failed(Fetched what, FetchFailure reason) {
  impl_->fetch_errors.Add({{"kind", text(what)}, {"reason", text(reason)}}).Increment();
}

void Metrics::polled(PollResult result) {
  impl_->polls.Add({{"result", text(result)}}).Increment();
}

void Metrics::parsed(std::string_view source, std::chrono::nanoseconds took) {
  count(impl_->articles_parsed, {{"source", std::string(source)}});
  impl_->parse_duration.Observe(seconds(took));
}

void Metrics::field_missing(std::string_view source, PageField field) {
  count(impl_->fields_missing, {{"source", std::string(source)}, {"field", text(field)}});
}

void Metrics::committed(std::chrono::nanoseconds took) {
  impl_->commit_duration.Observe(seconds(took));
}

void Metrics::store_failed() { impl_->store_failures.Increment(); }

void Metrics::article_event(std::string_view source, EventType event) {
  if (std::find(counted_events.begin(), counted_events.end(), event) == counted_events.end())
    return;
  count(impl_->events, event_labels(source, event));
}

void Metrics::revised(ChangeClass change_class, std::optional<Duration> bound) {
  impl_->revisions.Add({{"class", text(change_class)}}).Increment();
  if (bound) impl_->edit_bound.Observe(seconds(*bound));
}

void Metrics::reparsed() { impl_->reparsed.Increment(); }
void Metrics::detected(Duration latency) { impl_->latency.Observe(seconds(latency)); }

void Metrics::detection_latency_unknown(LatencyUnknown why) {
  impl_->latency_unknown.Add({{"reason", text(why)}}).Increment();
}

void Metrics::watch_hit(std::string_view watch) {
  count(impl_->watch_hits, {{"watch", std::string(watch)}});
}

void Metrics::delivered(std::string_view receiver, DeliveryOutcome outcome) {
  count(impl_->deliveries, {{"receiver", std::string(receiver)}, {"outcome", text(outcome)}});
}

void Metrics::http_request(std::string_view handler, int code) {
  impl_->http_requests.Add({{"handler", std::string(handler)}, {"code", std::to_string(code)}})
      .Increment();
}

void Metrics::clock_jumped(Duration by) {
  (by > Duration{0} ? impl_->jumps_forward : impl_->jumps_back).Increment();
}

void Metrics::retention_deleted(RetentionJob job, std::int64_t rows) {
  impl_->retention_deleted.Add({{"job", text(job)}}).Increment(static_cast<double>(rows));
}

void Metrics::loop_lag(std::chrono::nanoseconds late) { impl_->loop_lag.Set(seconds(late)); }

void Metrics::reloaded(bool successful, Instant at) {
  impl_->reload_ok.Set(successful ? 1 : 0);
  if (successful) impl_->reload_at.Set(timestamp(at));
}

std::string Metrics::serialise(const Snapshot& now) const {
  std::vector<prometheus::MetricFamily> page;
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->process.refresh();
    page = impl_->registry.Collect();
    for (auto& family : families_of(now, impl_->held)) page.push_back(std::move(family));
  }
  return text_page(page);
}

}  // namespace tinwatch::telemetry
