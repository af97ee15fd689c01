#include "telemetry/metrics.hpp"

#include "support/series.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tinwatch::telemetry {
namespace {

using namespace std::chrono_literals;

class MetricsTest : public testing::Test {
 protected:
  double value(const std::string& series) const {
    return test::value_of(metrics.serialise(now), series);
  }
  Snapshot now;
  Metrics metrics;
};

// Every number differs from its neighbours: two that change places are noticed.

TEST_F(MetricsTest, AnOutboxShowsWhatWaitsAndWhatIsDead) {
  now.outboxes = {{"desk", 2, 3, Instant{} + 4s}, {"hook", 5, 6, std::nullopt}};
  EXPECT_EQ(value(R"(tinwatch_outbox_pending{receiver="desk"})"), 2);
  EXPECT_EQ(value(R"(tinwatch_outbox_dead{receiver="desk"})"), 3);
  EXPECT_EQ(value(R"(tinwatch_outbox_oldest_timestamp_seconds{receiver="desk"})"), 4);
  EXPECT_EQ(value(R"(tinwatch_outbox_pending{receiver="hook"})"), 5);
  EXPECT_EQ(value(R"(tinwatch_outbox_dead{receiver="hook"})"), 6);
  EXPECT_EQ(value(R"(tinwatch_outbox_oldest_timestamp_seconds{receiver="hook"})"), 0) << "none";
}

TEST_F(MetricsTest, AReceiverShowsWhatIsWrongWithIt) {
  now.outboxes = {{.receiver = "desk", .failing = true}, {.receiver = "hook", .disabled = true}};
  EXPECT_EQ(value(R"(tinwatch_receiver_failing{receiver="desk"})"), 1);
  EXPECT_EQ(value(R"(tinwatch_receiver_disabled{receiver="desk"})"), 0);
  EXPECT_EQ(value(R"(tinwatch_receiver_failing{receiver="hook"})"), 0);
  EXPECT_EQ(value(R"(tinwatch_receiver_disabled{receiver="hook"})"), 1);
}

TEST_F(MetricsTest, ABoundOfSecondsIsSeenAsSeconds) {
  metrics.revised(ChangeClass::typo, 4s);
  metrics.revised(ChangeClass::typo, 12h);
  metrics.revised(ChangeClass::typo, 6 * 24h);
  const auto at_most = [this](const std::string& bound) {
    return value("tinwatch_edit_detection_bound_seconds_bucket{le=\"" + bound + "\"}");
  };
  EXPECT_EQ(at_most("1"), 0);
  EXPECT_EQ(at_most("5"), 1);
  EXPECT_EQ(at_most("14400"), 1);
  EXPECT_EQ(at_most("43200"), 2) << "what the objective in deploy/prometheus/rules.yml counts";
  EXPECT_EQ(at_most("86400"), 2);
  EXPECT_EQ(at_most("604800"), 3);
}

TEST_F(MetricsTest, ASourceHasAtMostTwentySeries) {
  metrics.declare({.sources = {"bao"}, .receivers = {}, .watches = {}});
  now.sources = {{.name = "bao", .unreachable = true, .never_read = true}};
  const auto page = metrics.serialise(now);
  int series = 0;
  for (auto at = page.find("source=\"bao\""); at != std::string::npos;
       at = page.find("source=\"bao\"", at + 1))
    ++series;
  EXPECT_EQ(series, 20);
}

TEST_F(MetricsTest, TheFrontierIsCountedByState) {
  now.frontier_due = 2;
  now.frontier_waiting = 3;
  now.frontier_blocked = 4;
  now.frontier_retired = 5;
  now.oldest_due = Instant{} + 6500ms;
  now.hosts_blocked = 7;
  EXPECT_EQ(value(R"(tinwatch_frontier_urls{state="due"})"), 2);
  EXPECT_EQ(value(R"(tinwatch_frontier_urls{state="waiting"})"), 3);
  EXPECT_EQ(value(R"(tinwatch_frontier_urls{state="blocked"})"), 4);
  EXPECT_EQ(value(R"(tinwatch_frontier_urls{state="retired"})"), 5);
  EXPECT_EQ(value("tinwatch_frontier_oldest_due_timestamp_seconds"), 6.5);
  EXPECT_EQ(value("tinwatch_hosts_blocked"), 7);
}

TEST_F(MetricsTest, ASourceShowsItsArticlesAndWhenItLastBroughtSomething) {
  now.sources = {{"bao", 2, Instant{} + 3s, Instant{} + 4s}};
  now.store_size_bytes = 5;
  now.store_free_bytes = 6;
  EXPECT_EQ(value(R"(tinwatch_articles{source="bao"})"), 2);
  EXPECT_EQ(value(R"(tinwatch_source_last_success_timestamp_seconds{source="bao"})"), 3);
  EXPECT_EQ(value(R"(tinwatch_source_last_new_article_timestamp_seconds{source="bao"})"), 4);
  EXPECT_EQ(value("tinwatch_store_size_bytes"), 5);
  EXPECT_EQ(value("tinwatch_store_free_bytes"), 6);
}

TEST_F(MetricsTest, WhatIsWrongWithASourceIsOne) {
  const auto is = [this](const std::string& condition) {
    return value(R"(tinwatch_source_condition{source="bao",condition=")" + condition + "\"}");
  };
  now.sources = {{.name = "bao", .drifted = true, .no_articles = true}};
  EXPECT_EQ(is("drifted"), 1);
  EXPECT_EQ(is("no_articles"), 1);
  EXPECT_EQ(is("never_read"), 0);
  for (const auto* other : {"silent", "unreachable", "feed_cut"})
    EXPECT_TRUE(std::isnan(is(other))) << other << " has no series";
  now.sources = {
      {.name = "bao", .silent = true, .unreachable = true, .never_read = true, .feed_cut = true}};
  EXPECT_EQ(is("drifted"), 0) << "what has been so keeps its series";
  EXPECT_EQ(is("no_articles"), 0);
  for (const auto* other : {"silent", "unreachable", "never_read", "feed_cut"})
    EXPECT_EQ(is(other), 1) << other;
  now.sources = {};
  EXPECT_TRUE(std::isnan(is("silent"))) << "it left the configuration";
  now.sources = {{.name = "bao"}};
  EXPECT_TRUE(std::isnan(is("silent")));
}

TEST_F(MetricsTest, WhatHappensIsCountedUnderItsNames) {
  metrics.declare({.sources = {"bao"}, .receivers = {"desk"}, .watches = {"rescue"}});
  metrics.fetched("bao", FetchOutcome::ok);
  metrics.fetched("bao", FetchOutcome::gone);
  metrics.answered(Fetched::article, 2s, 300);
  metrics.answered(Fetched::article, 3s, 40);
  metrics.fetch_failed(Fetched::listing, FetchFailure::dns);
  metrics.polled(PollResult::revised);
  metrics.parsed("bao", 5ms);
  metrics.field_missing("bao", PageField::author);
  metrics.committed(7ms);
  metrics.store_failed();
  metrics.store_failed();
  metrics.article_event("bao", EventType::article_moved);
  metrics.article_event("bao", EventType::article_missing);  // is no series
  metrics.revised(ChangeClass::typo, 8s);
  metrics.revised(ChangeClass::cut, std::nullopt);
  metrics.reparsed();
  metrics.detected(90s);
  metrics.detection_latency_unknown(LatencyUnknown::imprecise);
  metrics.watch_hit("rescue");
  metrics.delivered("desk", DeliveryOutcome::retried);
  metrics.http_request("/metrics", 503);
  const auto page = metrics.serialise();
  const auto is = [&](const char* series, double expected) {
    EXPECT_DOUBLE_EQ(test::value_of(page, series), expected) << series;
  };
  is(R"(tinwatch_fetches_total{outcome="ok",source="bao"})", 1);
  is(R"(tinwatch_fetches_total{outcome="gone",source="bao"})", 1);
  is(R"(tinwatch_fetch_duration_seconds_sum{kind="article"})", 5);
  is(R"(tinwatch_fetch_duration_seconds_count{kind="listing"})", 0);
  is("tinwatch_fetch_bytes_total", 340);
  is(R"(tinwatch_fetch_errors_total{kind="listing",reason="dns"})", 1);
  is(R"(tinwatch_fetch_errors_total{kind="article",reason="dns"})", 0);
  is(R"(tinwatch_polls_total{result="revised"})", 1);
  is(R"(tinwatch_polls_total{result="new"})", 0);
  is(R"(tinwatch_articles_parsed_total{source="bao"})", 1);
  is("tinwatch_parse_duration_seconds_sum", 0.005);
  is(R"(tinwatch_article_fields_missing_total{field="author",source="bao"})", 1);
  is("tinwatch_store_commit_duration_seconds_sum", 0.007);
  is("tinwatch_store_failures_total", 2);
  is(R"(tinwatch_article_events_total{event="moved",source="bao"})", 1);
  EXPECT_EQ(page.find("event=\"missing\""), std::string::npos);
  is(R"(tinwatch_revisions_total{class="typo"})", 1);
  is(R"(tinwatch_revisions_total{class="cut"})", 1);
  is("tinwatch_edit_detection_bound_seconds_count", 1);  // a revision without a bound has none
  is("tinwatch_edit_detection_bound_seconds_sum", 8);
  is("tinwatch_reparsed_total", 1);
  is("tinwatch_detection_latency_seconds_sum", 90);
  is(R"(tinwatch_detection_latency_seconds_bucket{le="60"})", 0);
  is(R"(tinwatch_detection_latency_seconds_bucket{le="120"})", 1);
  is(R"(tinwatch_detection_latency_unknown_total{reason="imprecise"})", 1);
  is(R"(tinwatch_watch_hits_total{watch="rescue"})", 1);
  is(R"(tinwatch_deliveries_total{outcome="retried",receiver="desk"})", 1);
  is(R"(tinwatch_http_requests_total{code="503",handler="/metrics"})", 1);
}

TEST_F(MetricsTest, AFailedReloadLeavesTheTimeOfTheOneInForce) {
  metrics.reloaded(true, Instant{} + 2s);
  metrics.reloaded(false, Instant{} + 3s);
  EXPECT_EQ(value("tinwatch_config_last_reload_successful"), 0);
  EXPECT_EQ(value("tinwatch_config_last_reload_success_timestamp_seconds"), 2);
  metrics.reloaded(true, Instant{} + 4s);
  EXPECT_EQ(value("tinwatch_config_last_reload_successful"), 1);
  EXPECT_EQ(value("tinwatch_config_last_reload_success_timestamp_seconds"), 4);
}

TEST_F(MetricsTest, WhatIsDeclaredIsThereAtZero) {
  metrics.declare({.sources = {"bao"}, .receivers = {"desk"}, .watches = {"rescue"}});
  for (const auto* series :
       {R"(tinwatch_fetches_total{outcome="not_modified",source="bao"})",
        R"(tinwatch_article_events_total{event="returned",source="bao"})",
        R"(tinwatch_article_fields_missing_total{field="headline",source="bao"})",
        R"(tinwatch_deliveries_total{outcome="dead",receiver="desk"})",
        R"(tinwatch_watch_hits_total{watch="rescue"})"})
    EXPECT_EQ(value(series), 0) << series;
  EXPECT_TRUE(std::isnan(value(R"(tinwatch_watch_hits_total{watch="nobody"})")));
}

}  // namespace
}  // namespace tinwatch::telemetry
