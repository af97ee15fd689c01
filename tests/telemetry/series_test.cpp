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
    metrics.fetched(source, "ok");
    metrics.parsed(source, 1ms);
  }
  metrics.delivered("desk", "dead");
  metrics.watch_hit("w");
  metrics.declare({.sources = {"a", "c"}, .receivers = {"desk"}, .watches = {"w"}});
  // A visit that was under way.
  metrics.fetched("b", "ok");
  metrics.parsed("b", 1ms);
  metrics.field_missing("b", "date");
  metrics.article_event("b", "published");
  metrics.delivered("night", "retried");
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

TEST(Series, GaugesAreThoseOfTheSnapshotAlone) {
  const Metrics metrics;
  const Instant at{1500ms};
  Snapshot now{.frontier_due = 1,
               .frontier_waiting = 2,
               .frontier_blocked = 3,
               .frontier_retired = 4,
               .oldest_due = at,
               .hosts_blocked = 5,
               .store_size_bytes = 6,
               .store_free_bytes = 7};
  now.sources = {{"a", 8, at + 1s, at + 2s}, {"never-read", 0, std::nullopt, std::nullopt}};
  now.outboxes = {{"desk", 9, 10, at + 3s}};
  const auto page = metrics.serialise(now);
  for (const auto* series :
       {"tinwatch_frontier_urls{state=\"due\"} 1", "tinwatch_frontier_urls{state=\"waiting\"} 2",
        "tinwatch_frontier_urls{state=\"blocked\"} 3",
        "tinwatch_frontier_urls{state=\"retired\"} 4",
        "tinwatch_frontier_oldest_due_timestamp_seconds 1.5", "tinwatch_hosts_blocked 5",
        "tinwatch_store_size_bytes 6", "tinwatch_store_free_bytes 7",
        "tinwatch_articles{source=\"a\"} 8",
        "tinwatch_source_last_success_timestamp_seconds{source=\"a\"} 2.5",
        "tinwatch_source_last_new_article_timestamp_seconds{source=\"a\"} 3.5",
        "tinwatch_source_last_success_timestamp_seconds{source=\"never-read\"} 0",
        "tinwatch_outbox_pending{receiver=\"desk\"} 9",
        "tinwatch_outbox_dead{receiver=\"desk\"} 10",
        "tinwatch_outbox_oldest_timestamp_seconds{receiver=\"desk\"} 4.5"})
    EXPECT_TRUE(shows(page, series)) << series;
  EXPECT_EQ(metrics.serialise().find("receiver="), std::string::npos) << "nothing is kept";
}

}  // namespace
}  // namespace tinwatch::telemetry
