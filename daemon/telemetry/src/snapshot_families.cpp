#include "snapshot_families.hpp"

namespace tinwatch::telemetry {
namespace {

using Label = prometheus::ClientMetric::Label;

/// One gauge, with a series for each `add`.
class Gauges {
 public:
  Gauges(const char* name, const char* help)
      : family_{.name = name, .help = help, .type = prometheus::MetricType::Gauge, .metric = {}} {}

  Gauges& add(std::vector<Label> labels, double value) {
    prometheus::ClientMetric series;
    series.label = std::move(labels);
    series.gauge.value = value;
    family_.metric.push_back(std::move(series));
    return *this;
  }
  Gauges& add(std::vector<Label> labels, std::int64_t value) {
    return add(std::move(labels), static_cast<double>(value));
  }
  [[nodiscard]] const prometheus::MetricFamily& family() const { return family_; }

 private:
  prometheus::MetricFamily family_;
};

}  // namespace

double timestamp(std::optional<Instant> at) {
  return at ? std::chrono::duration<double>(at->time_since_epoch()).count() : 0;
}

std::vector<prometheus::MetricFamily> families_of(const Snapshot& snapshot, HeldConditions& held) {
  Gauges articles("tinwatch_articles", "Articles in the store.");
  Gauges last_success("tinwatch_source_last_success_timestamp_seconds",
                      "When a list of the source was last read.");
  Gauges last_new("tinwatch_source_last_new_article_timestamp_seconds",
                  "When the source last brought a new article.");
  Gauges condition(
      "tinwatch_source_condition",
      "1 while it is so: silent, unreachable, drifted, never_read, no_articles, feed_cut. "
      "What has not been so since the start has no series, but for never_read.");
  HeldConditions still;
  for (const auto& source : snapshot.sources) {
    const Label name{"source", source.name};
    articles.add({name}, source.articles);
    last_success.add({name}, timestamp(source.last_success_at));
    last_new.add({name}, timestamp(source.last_new_article_at));
    const auto before = held.find(source.name);
    const auto note = [&](const char* what, bool is_so, bool is_always_told = false) {
      // Six series for what most sources never have would be a quarter of the page.
      const bool was_so = before != held.end() && before->second.contains(what);
      if (is_so || was_so) still[source.name].insert(what);
      if (is_so || was_so || is_always_told)
        condition.add({name, {"condition", what}}, is_so ? 1.0 : 0.0);
    };
    note("silent", source.silent);
    note("unreachable", source.unreachable);
    note("drifted", source.drifted);
    note("never_read", source.never_read, /*is_always_told=*/true);
    note("no_articles", source.no_articles);
    note("feed_cut", source.feed_cut);
  }
  held = std::move(still);
  Gauges pending("tinwatch_outbox_pending", "Deliveries waiting.");
  Gauges dead("tinwatch_outbox_dead", "Deliveries that were given up.");
  Gauges oldest("tinwatch_outbox_oldest_timestamp_seconds",
                "When the oldest waiting delivery was made; 0 without one.");
  Gauges failing("tinwatch_receiver_failing", "1 while a receiver does not take what it is sent.");
  Gauges disabled("tinwatch_receiver_disabled",
                  "1 while a receiver is disabled, because it answered 410 Gone.");
  for (const auto& outbox : snapshot.outboxes) {
    const Label name{"receiver", outbox.receiver};
    pending.add({name}, outbox.pending);
    dead.add({name}, outbox.dead);
    oldest.add({name}, timestamp(outbox.oldest));
    failing.add({name}, outbox.failing ? 1.0 : 0.0);
    disabled.add({name}, outbox.disabled ? 1.0 : 0.0);
  }
  Gauges frontier("tinwatch_frontier_urls", "URLs in the frontier by state.");
  frontier.add({{"state", "due"}}, snapshot.frontier_due)
      .add({{"state", "waiting"}}, snapshot.frontier_waiting)
      .add({{"state", "blocked"}}, snapshot.frontier_blocked)
      .add({{"state", "retired"}}, snapshot.frontier_retired);
  Gauges oldest_due("tinwatch_frontier_oldest_due_timestamp_seconds",
                    "Due time of the URL that waits longest.");
  oldest_due.add({}, timestamp(snapshot.oldest_due));
  Gauges blocked("tinwatch_hosts_blocked", "Hosts that asked for quiet or cannot be reached.");
  blocked.add({}, static_cast<double>(snapshot.hosts_blocked));
  Gauges size("tinwatch_store_size_bytes", "Size of the database and its log.");
  size.add({}, snapshot.store_size_bytes);
  Gauges free_space("tinwatch_store_free_bytes", "Free space where the database is.");
  free_space.add({}, snapshot.store_free_bytes);
  Gauges backup("tinwatch_backup_last_success_timestamp_seconds",
                "When the last backup was made and verified; 0 without one.");
  backup.add({}, timestamp(snapshot.last_backup_at));

  std::vector<prometheus::MetricFamily> out;
  for (const auto* gauges :
       {&articles, &last_success, &last_new, &condition, &pending, &dead, &oldest, &failing,
        &disabled, &frontier, &oldest_due, &blocked, &size, &free_space, &backup})
    // A family of no series would be a HELP and a TYPE of nothing.
    if (!gauges->family().metric.empty()) out.push_back(gauges->family());
  return out;
}

}  // namespace tinwatch::telemetry
