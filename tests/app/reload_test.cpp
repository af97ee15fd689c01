#include "app/daemon.hpp"
#include "sqlite.hpp"
#include "support/fake_clock.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

/// A daemon that reads its configuration from a file. Its sources lead nowhere: they may not
/// connect to this machine, and the clock stands still.
class ReloadTest : public testing::Test {
 protected:
  ReloadTest() {
    std::ofstream(folder / "secret") << "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
    write({"a", "b"}, {"desk", "night"});
    daemon = std::make_unique<Daemon>(io, config::load(file).value(), clock);
    await(started());
  }
  ~ReloadTest() override { await(stopped()); }

  void write(const std::vector<std::string>& sources, const std::vector<std::string>& receivers,
             const std::string& tail = {}) const {
    std::ofstream out(file);
    out << "storage: {url: \"sqlite://" << database << "\"}\n"
        << "http: {listen: [], socket: \"\"}\nsources:\n";
    for (const auto& name : sources)
      out << "  - {name: " << name << ", start: [\"http://127.0.0.1:8399/" << name << "\"]}\n";
    out << "receivers:\n";
    for (const auto& name : receivers)
      out << "  - {name: " << name << ", webhook: {url: \"https://127.0.0.1:8399/"
          << (name == moved ? "new" : "") << "\", secret_files: [secret]}}\n";
    out << tail;
  }
  /// From now on the store refuses what a reload writes, as a full disk does.
  void fill_disk() const {
    storage::sqlite::Connection(database).execute(
        "CREATE TRIGGER full BEFORE UPDATE ON sources BEGIN SELECT RAISE(ABORT, 'disk is full'); "
        "END");
  }
  void make_room() const { storage::sqlite::Connection(database).execute("DROP TRIGGER full"); }

  template <class T>
  T await(Task<T> task) {
    std::optional<T> out;
    std::exception_ptr failure;
    asio::co_spawn(io, std::move(task), [&](std::exception_ptr e, T value) {
      failure = e;
      out = std::move(value);
    });
    while (!out) io.run_one();
    if (failure) std::rethrow_exception(failure);
    return std::move(*out);
  }
  Task<bool> started() {
    co_await daemon->start();
    co_return true;
  }
  Task<bool> stopped() {
    co_await daemon->stop();
    co_return true;
  }
  ReloadResult reload() { return await(daemon->reload_file()); }
  std::string metrics() { return await(daemon->handle(api::parse_target("GET", "/metrics"))).body; }
  bool shows(const std::string& text) { return metrics().find(text) != std::string::npos; }
  std::vector<std::string> active_sources() const {
    std::vector<std::string> out;
    for (const auto& source : storage::Reader(database).overview(clock.now()).sources)
      if (source.active) out.push_back(source.name);
    return out;
  }

  asio::io_context io;
  test::TempDir folder;
  const std::string file = folder / "tinwatch.yaml";
  const std::string database = folder / "tinwatch.db";
  std::string moved;  // the receiver with another address
  test::FakeClock clock{*civil(2026, 3, 4, 1, 0, 0)};
  std::unique_ptr<Daemon> daemon;
};

using Names = std::vector<std::string>;

TEST_F(ReloadTest, WhatLeftTheConfigurationLeavesTheMetrics) {
  ASSERT_TRUE(shows("tinwatch_source_last_success_timestamp_seconds{source=\"b\"} 0"));
  ASSERT_TRUE(shows("tinwatch_outbox_pending{receiver=\"night\"} 0"));
  write({"a"}, {"desk"});
  ASSERT_TRUE(reload());
  const auto page = metrics();
  EXPECT_EQ(page.find("source=\"b\""), std::string::npos) << page;
  EXPECT_EQ(page.find("receiver=\"night\""), std::string::npos) << page;
  EXPECT_NE(page.find("tinwatch_source_last_success_timestamp_seconds{source=\"a\"} 0"),
            std::string::npos);
  EXPECT_NE(page.find("tinwatch_outbox_oldest_timestamp_seconds{receiver=\"desk\"} 0"),
            std::string::npos);
  write({"a", "b"}, {"desk", "night"});
  ASSERT_TRUE(reload());
  EXPECT_TRUE(shows("tinwatch_articles{source=\"b\"} 0")) << "what is back is shown again";
  EXPECT_TRUE(shows("tinwatch_deliveries_total{outcome=\"dead\",receiver=\"night\"} 0"));
}

TEST_F(ReloadTest, WithoutAPlaceToWriteChangesNothing) {
  fill_disk();
  write({"a", "c"}, {});
  const auto refused = reload();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ReloadFault::Kind::store);
  EXPECT_EQ(refused.error().faults, config::Faults{database + ": cannot be written: disk is full"});
  EXPECT_EQ(daemon->config().sources[1].name, "b");
  EXPECT_EQ(daemon->config().receivers.size(), 2U);
  EXPECT_EQ(active_sources(), (Names{"a", "b"}));
  EXPECT_TRUE(shows("tinwatch_config_last_reload_successful 0"));
  const auto reply = await(daemon->handle(api::parse_target("POST", "/-/reload")));
  EXPECT_EQ(reply.status, 503) << reply.body;

  make_room();
  ASSERT_TRUE(reload());
  EXPECT_EQ(daemon->config().sources[1].name, "c");
  EXPECT_EQ(active_sources(), (Names{"a", "c"}));
  EXPECT_TRUE(shows("tinwatch_config_last_reload_successful 1"));
}

TEST_F(ReloadTest, EnablesReceiversWithEverythingElseOrNotAtAll) {
  storage::sqlite::Connection(database).execute(
      "INSERT INTO receivers (name, disabled) VALUES ('desk', 1)");
  const auto is_disabled = [&] { return storage::Reader(database).receiver("desk").disabled; };
  fill_disk();
  EXPECT_FALSE(reload());
  EXPECT_TRUE(is_disabled()) << "the reload was refused";
  make_room();
  EXPECT_TRUE(reload());
  EXPECT_FALSE(is_disabled());
}

TEST_F(ReloadTest, AReceiverAtAnotherAddressIsPausedNoLonger) {
  storage::sqlite::Connection(database).execute(
      "INSERT INTO receivers (name, failures, paused_until) VALUES ('desk', 3, 4102444800000), "
      "('night', 3, "
      "4102444800000)");
  moved = "night";
  write({"a", "b"}, {"desk", "night"});
  ASSERT_TRUE(reload());
  EXPECT_TRUE(storage::Reader(database).receiver("desk").paused_until);
  EXPECT_FALSE(storage::Reader(database).receiver("night").paused_until);
}

TEST_F(ReloadTest, IsReadyAsLongAsItsDatabaseIsInItsPlace) {
  const auto ready = [&] { return await(daemon->handle(api::parse_target("GET", "/-/ready"))); };
  EXPECT_EQ(ready().status, 200);
  std::filesystem::rename(database, database + ".away");
  EXPECT_EQ(ready().status, 503);
  std::ofstream(database) << "another file";
  const auto reply = ready();
  EXPECT_EQ(reply.status, 503);
  EXPECT_NE(reply.body.find(database + ": the database was moved"), std::string::npos);
  std::filesystem::rename(database + ".away", database);
  EXPECT_EQ(ready().status, 200);
}

TEST_F(ReloadTest, NewSourcesHaveTheirTimeBeforeItIsUnready) {
  const auto why = [&] { return await(daemon->handle(api::parse_target("GET", "/-/ready"))).body; };
  const auto is_silent = [&] {
    return why().find("no list of any source was read") != std::string::npos;
  };
  EXPECT_FALSE(is_silent());
  clock.advance_to(clock.now() + 24h);
  EXPECT_TRUE(is_silent());
  ASSERT_TRUE(reload());
  EXPECT_TRUE(is_silent()) << "the same sources";
  write({"a", "c"}, {"desk", "night"});
  ASSERT_TRUE(reload());
  EXPECT_FALSE(is_silent());
  clock.advance_to(clock.now() + 24h);
  EXPECT_TRUE(is_silent());
}

TEST_F(ReloadTest, OfSeveralAtOnceTheLastFileIsInForce) {
  std::vector<ReloadResult> results;
  const auto ask = [&] {
    asio::co_spawn(io, daemon->reload_file(), [&](std::exception_ptr failure, ReloadResult result) {
      if (failure) std::rethrow_exception(failure);
      results.push_back(std::move(result));
    });
  };
  write({"a", "c"}, {"desk"});
  ask();
  while (io.poll_one() > 0) {
  }
  write({"a", "d"}, {"desk"}, "surplus: true\n");
  ask();
  write({"a", "e"}, {"desk"});
  ask();
  ask();
  while (results.size() < 4) io.run_one();
  EXPECT_TRUE(results[2] && results[3]);
  EXPECT_EQ(daemon->config().sources[1].name, "e");
  EXPECT_EQ(active_sources(), (Names{"a", "e"}));

  write({"a"}, {}, "surplus: true\n");
  const auto refused = reload();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ReloadFault::Kind::configuration);
  EXPECT_EQ(daemon->config().sources[1].name, "e");
}

}  // namespace
}  // namespace tinwatch::app
