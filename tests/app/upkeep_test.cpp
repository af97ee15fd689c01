#include "app/daemon.hpp"
#include "sqlite.hpp"
#include "storage/audit.hpp"
#include "storage/store_fixture.hpp"
#include "support/fake_clock.hpp"
#include "support/passing_time.hpp"
#include "support/series.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;
using storage::now;

constexpr Duration kept = 24h;

class UpkeepTest : public storage::StoreTest {
 protected:
  UpkeepTest() {
    test::run(io, store.commit(published("http://a.test/1")));
    auto later = again("http://a.test/1");
    later.at = now + kept;
    later.capture = std::make_shared<storage::Capture>(*later.capture);
    later.frontier.visited_at = later.at;
    test::run(io, store.commit(std::move(later)));
  }
  config::Config config() const {
    config::Config out;
    out.storage.path = path;
    out.storage.keep_raw = kept;
    out.storage.keep_readings = kept / 2;
    return out;
  }
  /// The daemon's loops never end: only this is waited for.
  void await(Task<> task) {
    bool has_ended = false;
    asio::co_spawn(io, std::move(task), [&](const std::exception_ptr&) { has_ended = true; });
    io.restart();
    while (!has_ended) io.run_one();
  }
  Task<> ask(api::Request request, api::Reply& reply) {
    reply = co_await daemon.handle(std::move(request));
  }
  api::Reply ask(api::Request request) {
    api::Reply reply;
    await(ask(std::move(request), reply));
    return reply;
  }
  double metric(const std::string& series) {
    return test::value_of(ask(api::parse_target("GET", "/metrics")).body, series);
  }
  void pass(Duration duration) {
    test::pass(io, clock, duration, [this] { return daemon.is_busy(); });
  }

  test::FakeClock clock{now + kept};
  Daemon daemon{io, config(), clock};
};

TEST_F(UpkeepTest, PagesThatAreOldGoEachHour) {
  constexpr auto deleted = R"(tinwatch_retention_deleted_total{job="raw_pages"})";
  await(daemon.start());
  pass(59min);
  EXPECT_EQ(metric(deleted), 0);
  pass(2min);
  EXPECT_EQ(metric(deleted), 1);
  const storage::Reader reader(path);
  EXPECT_FALSE(reader.capture("00000000-0000-7000-8000-000000000001", 1));
  EXPECT_TRUE(reader.last_capture(ArticleRow(1)));
  await(daemon.stop());
}

TEST_F(UpkeepTest, ADatabaseThatWasMovedAwayIsNoticedAndCounted) {
  await(daemon.start());
  pass(2min);
  EXPECT_EQ(metric("tinwatch_store_failures_total"), 0);
  std::filesystem::rename(path, path + ".elsewhere");
  pass(1min);
  EXPECT_EQ(metric("tinwatch_store_failures_total"), 2) << "every thirty seconds";
  const auto ready = ask(api::parse_target("GET", "/-/ready"));
  EXPECT_EQ(ready.status, 503);
  EXPECT_NE(ready.body.find(path + ": the database was moved"), std::string::npos) << ready.body;
  std::filesystem::rename(path + ".elsewhere", path);
  pass(1min);
  EXPECT_EQ(metric("tinwatch_store_failures_total"), 2);
  EXPECT_EQ(ask(api::parse_target("GET", "/-/ready")).status, 200);
  await(daemon.stop());
}

TEST_F(UpkeepTest, ReadingsThatAreOldGoOnceADay) {
  constexpr auto deleted = R"(tinwatch_retention_deleted_total{job="readings"})";
  {
    storage::sqlite::Connection db(path);
    for (int day = 0; day < 4; ++day)
      db.use("INSERT INTO readings (article, name, at, value) VALUES (1, 'views', ?1, ?2)")
          .bind(now - day * kept, std::to_string(day))
          .run();
  }
  await(daemon.start());
  pass(61min);
  EXPECT_EQ(metric(deleted), 3) << "the last one stays";
  await(daemon.stop());
}

TEST_F(UpkeepTest, TheAuditListGoesBackTwoYears) {
  for (const auto days : {735, 725}) {
    const storage::AuditEntry entry{.at = now - days * 24h,
                                    .who = "",
                                    .action = "watch.changed",
                                    .subject = std::to_string(days),
                                    .detail = ""};
    test::run(io, store.write(&storage::append_audit, entry));
  }
  await(daemon.start());
  pass(61min);
  const auto rows = storage::audit(storage::Reader(path), 0, 10);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].entry.subject, "725");
  await(daemon.stop());
}

TEST_F(UpkeepTest, WhoeverBacksUpTellsOverTheSocketAlone) {
  constexpr auto last = "tinwatch_backup_last_success_timestamp_seconds";
  EXPECT_EQ(metric(last), 0);
  auto request = api::parse_target("POST", "/api/v1/backups?file=/a.db&bytes=1&elapsed_ms=2");
  request.door = api::Door::tcp;
  request.host = "127.0.0.1";
  EXPECT_EQ(ask(request).status, 403);
  request.door = api::Door::local;
  EXPECT_EQ(ask(request).status, 200);
  EXPECT_EQ(metric(last), static_cast<double>((now + kept).time_since_epoch().count()) / 1000.0);
}

}  // namespace
}  // namespace tinwatch::app
