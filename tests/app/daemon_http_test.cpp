#include "app/daemon.hpp"
#include "core/content_coding.hpp"
#include "storage/store_fixture.hpp"
#include "support/fake_clock.hpp"
#include "support/series.hpp"

#include <gtest/gtest.h>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;
using storage::now;

/// The daemon's objects over a store that the test fills; nothing is started.
class DaemonHttpTest : public storage::StoreTest {
 protected:
  api::Reply ask(api::Request request) { return test::run(io, daemon.handle(std::move(request))); }
  api::Reply ask(const std::string& target) { return ask(api::parse_target("GET", target)); }
  static api::Request over_tcp(std::string_view method, std::string_view target) {
    auto request = api::parse_target(method, target);
    request.door = api::Door::tcp;
    request.host = "127.0.0.1:8390";
    return request;
  }
  double metric(const std::string& series) { return test::value_of(ask("/metrics").body, series); }

  config::Config config() const {
    config::Config out;
    out.storage.path = path;
    out.sources = {{.name = "bao"}};
    out.receivers = {{.name = "desk"}, {.name = "idle"}};
    return out;
  }
  test::FakeClock clock{now};
  Daemon daemon{io, config(), clock};
};

TEST_F(DaemonHttpTest, MetricsSayWhatTheStoreHolds) {
  for (int i = 1; i <= 7; ++i) {
    auto commit = published("http://a.test/" + std::to_string(i));
    commit.standing->identifier = std::to_string(i);
    commit.at = commit.events.front().at = now + i * 1s;
    ASSERT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
  }
  for (const auto* dead : {"d2", "d3", "d4"})
    test::run(io, store.end_try({.id = dead, .receiver = "desk"}, storage::Dead{"why"}));
  for (const auto* told : {"d1", "d5"})
    test::run(io, store.end_try({.id = told, .receiver = "desk"}, storage::Delivered{now}));
  EXPECT_EQ(metric(R"(tinwatch_outbox_pending{receiver="desk"})"), 2);
  EXPECT_EQ(metric(R"(tinwatch_outbox_dead{receiver="desk"})"), 3);
  EXPECT_EQ(metric(R"(tinwatch_outbox_oldest_timestamp_seconds{receiver="desk"})"),
            1000 * 3600 + 6);
  EXPECT_EQ(metric(R"(tinwatch_outbox_pending{receiver="idle"})"), 0);
  EXPECT_EQ(metric(R"(tinwatch_articles{source="bao"})"), 7);
  EXPECT_EQ(metric(R"(tinwatch_source_last_new_article_timestamp_seconds{source="bao"})"),
            1000 * 3600 + 7);
  EXPECT_GT(metric("tinwatch_store_size_bytes"), 0);
  EXPECT_GT(metric("tinwatch_store_free_bytes"), 0);
}

TEST_F(DaemonHttpTest, MetricsSayWhatWaitsToBeVisited) {
  // The start page is read, and 3 of one host are found that are due, 4 of another that rests.
  storage::ListCommit list{.frontier = {.row = FrontierRow(1),
                                        .visited_at = now - 1h,
                                        .end = storage::Seen{.next = {now + 1h, {}}}},
                           .source = SourceRow(1),
                           .at = now - 1h};
  for (int i = 0; i < 3; ++i)
    list.found.push_back({"http://b.test/" + std::to_string(i), "b.test", TargetKind::article});
  for (int i = 0; i < 4; ++i)
    list.found.push_back({"http://c.test/" + std::to_string(i), "c.test", TargetKind::article});
  test::run(io, store.commit_list(list));
  HostState resting;
  resting.host = "c.test";
  resting.blocked_until = now + 1h;
  test::run(io, store.save_host(resting));
  // One waits behind the start page, and two are looked at no more.
  const storage::Reader reader(path);
  for (const auto* retired : {"http://b.test/0", "http://c.test/0"}) {
    const storage::FrontierUpdate update{.row = reader.frontier_item("bao", retired)->row,
                                         .visited_at = now,
                                         .end = storage::Retired{}};
    test::run(io, store.update_frontier(update));
  }
  EXPECT_EQ(metric(R"(tinwatch_frontier_urls{state="due"})"), 2);
  EXPECT_EQ(metric(R"(tinwatch_frontier_urls{state="waiting"})"), 1);
  EXPECT_EQ(metric(R"(tinwatch_frontier_urls{state="blocked"})"), 3);
  EXPECT_EQ(metric(R"(tinwatch_frontier_urls{state="retired"})"), 2);
  EXPECT_EQ(metric("tinwatch_frontier_oldest_due_timestamp_seconds"), 999 * 3600);
  EXPECT_EQ(metric(R"(tinwatch_source_last_success_timestamp_seconds{source="bao"})"), 999 * 3600);
}

TEST_F(DaemonHttpTest, MetricsAreGzipForWhomAsksForIt) {
  auto request = api::parse_target("GET", "/metrics");
  request.headers = {{"accept-encoding", "br"}, {"accept-encoding", "gzip;q=0.5"}};
  const auto packed = ask(request);
  EXPECT_EQ(packed.content_coding, "gzip");
  EXPECT_EQ(packed.vary, "Accept-Encoding");
  const auto page = undo_coding("gzip", packed.body, 1 << 20U);
  ASSERT_TRUE(page);
  EXPECT_EQ(test::value_of(*page, R"(tinwatch_outbox_pending{receiver="idle"})"), 0);
  request.headers = {{"accept-encoding", "gzip;q=0"}};
  const auto plain = ask(request);
  EXPECT_EQ(plain.content_coding, "");
  EXPECT_EQ(plain.vary, "Accept-Encoding");
  EXPECT_EQ(plain.body.substr(0, 7), "# HELP ");
}

TEST_F(DaemonHttpTest, WhatComesOverTcpIsLookedAtByTheGuardFirst) {
  EXPECT_EQ(ask(over_tcp("GET", "/")).status, 200);
  auto rebound = over_tcp("GET", "/");
  rebound.host = "evil.example";
  EXPECT_EQ(ask(rebound).status, 403);
  auto another_sites = over_tcp("GET", "/api/v1/articles");
  another_sites.fetch = {.site = "cross-site", .mode = "no-cors", .destination = "image"};
  EXPECT_EQ(ask(another_sites).status, 403);
  EXPECT_EQ(ask(over_tcp("POST", "/-/reload")).status, 403);
  EXPECT_EQ(ask(over_tcp("POST", "/api/v1/recheck?target=bao")).status, 401);
  EXPECT_EQ(ask(over_tcp("DELETE", "/api/v1/articles")).status, 405);
}

TEST_F(DaemonHttpTest, TheNamesOfTheConfigurationAreOurs) {
  auto named = config();
  named.http.allowed_hosts = {"watch.example"};
  named.http.external_url = "https://news.example/";
  Daemon other(io, named, clock);
  for (const auto* host : {"watch.example", "news.example:8443"}) {
    auto request = over_tcp("GET", "/");
    request.host = host;
    EXPECT_EQ(test::run(io, other.handle(request)).status, 200) << host;
    EXPECT_EQ(ask(request).status, 403) << host;
  }
}

TEST_F(DaemonHttpTest, RequestsAreCountedByRouteAndNeverByAPathFromOutside) {
  ask("/");
  ask("/api/v1/articles");
  ask("/api/v1/articles/nothing");
  ask("/made/up/path");
  ask(over_tcp("POST", "/-/reload"));
  daemon.note_refused(431);
  const auto page = ask("/metrics").body;
  const auto requests = [&](const std::string& code, const std::string& handler) {
    return test::value_of(
        page, "tinwatch_http_requests_total{code=\"" + code + "\",handler=\"" + handler + "\"}");
  };
  EXPECT_EQ(requests("200", "/"), 1);
  EXPECT_EQ(requests("200", "/api/v1/articles"), 1);
  EXPECT_EQ(requests("404", "/api/v1/articles"), 1);
  EXPECT_EQ(requests("404", "other"), 1);
  EXPECT_EQ(requests("403", "other"), 1);
  EXPECT_EQ(requests("431", "other"), 1);
  EXPECT_EQ(page.find("up/path"), std::string::npos);
}

TEST_F(DaemonHttpTest, IsHealthyAndNotReadyBeforeItHasStarted) {
  EXPECT_EQ(ask("/-/healthy").status, 200);
  EXPECT_EQ(ask("/-/ready").status, 503);
}

TEST_F(DaemonHttpTest, ARecheckMakesDueWhatItNames) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))),
            storage::CommitResult::committed);
  const auto recheck = [&](const std::string& target) {
    return ask(api::parse_target("POST", "/api/v1/recheck?target=" + target));
  };
  EXPECT_EQ(recheck("bao").body, "{\"due\":1}\n");
  EXPECT_EQ(recheck("http://a.test/").body, "{\"due\":1}\n");
  EXPECT_EQ(recheck("nothing").status, 404);
  EXPECT_EQ(storage::Reader(path).frontier_item("bao", "http://a.test/")->due_at, now);
}

}  // namespace
}  // namespace tinwatch::app
