#include "telemetry/metrics.hpp"

#include <gtest/gtest.h>

namespace tinwatch::telemetry {
namespace {

using namespace std::chrono_literals;

bool shows(const std::string& page, const std::string& series) {
  return ('\n' + page).find('\n' + series + '\n') != std::string::npos;
}

TEST(Series, OfNamesThatAreNoLongerDeclaredGo) {
  Metrics metrics;
  metrics.declare({.sources = {"a", "b"}, .receivers = {"desk", "night"}, .watches = {"w", "x"}});
  for (const auto* source : {"a", "b"}) {
    metrics.fetched(source, FetchOutcome::ok);
    metrics.parsed(source, 1ms);
  }
  metrics.delivered("desk", DeliveryOutcome::dead);
  metrics.watch_hit("w");
  metrics.declare({.sources = {"a", "c"}, .receivers = {"desk"}, .watches = {"w"}});
  // A visit that was under way.
  metrics.fetched("b", FetchOutcome::ok);
  metrics.parsed("b", 1ms);
  metrics.field_missing("b", PageField::date);
  metrics.article_event("b", EventType::article_published);
  metrics.delivered("night", DeliveryOutcome::retried);
  metrics.watch_hit("x");
  const auto page = metrics.serialise();
  for (const auto* gone : {"\"b\"", "\"night\"", "\"x\""})
    EXPECT_EQ(page.find(gone), std::string::npos) << gone;
  EXPECT_TRUE(shows(page, "tinwatch_fetches_total{outcome=\"ok\",source=\"a\"} 1"))
      << "what stays goes on counting";
  EXPECT_TRUE(shows(page, "tinwatch_articles_parsed_total{source=\"c\"} 0"));
  EXPECT_TRUE(shows(page, "tinwatch_deliveries_total{outcome=\"dead\",receiver=\"desk\"} 1"));
  EXPECT_TRUE(shows(page, "tinwatch_watch_hits_total{watch=\"w\"} 1"));
}

TEST(Series, OfASnapshotAreKeptNowhere) {
  const Metrics metrics;
  const Snapshot now{.sources = {{.name = "never-read"}}, .outboxes = {{.receiver = "desk"}}};
  const auto page = metrics.serialise(now);
  EXPECT_TRUE(
      shows(page, "tinwatch_source_last_success_timestamp_seconds{source=\"never-read\"} 0"));
  EXPECT_TRUE(shows(page, "tinwatch_outbox_pending{receiver=\"desk\"} 0"));
  const auto next = metrics.serialise();
  EXPECT_EQ(next.find("receiver="), std::string::npos);
  EXPECT_EQ(next.find("source="), std::string::npos);
}

}  // namespace
}  // namespace tinwatch::telemetry
