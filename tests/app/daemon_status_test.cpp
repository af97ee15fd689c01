#include "app/daemon.hpp"
#include "storage/store_fixture.hpp"
#include "support/fake_clock.hpp"
#include "telemetry/version.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <fstream>

namespace tinwatch::app {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using storage::now;

/// What the daemon's objects tell of themselves, over a store that the test fills.
class DaemonStatusTest : public storage::StoreTest {
 protected:
  json::object told(const std::string& target) {
    auto request = api::parse_target("GET", target);
    const auto reply = test::run(io, daemon.handle(std::move(request)));
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body).as_object();
  }
  std::string yaml() { return std::string(told("/api/v1/status/config").at("yaml").as_string()); }
  void write(const std::string& text, const std::string& socket = "") const {
    std::ofstream(file) << "storage: {url: \"sqlite://" << path
                        << "\"}\nhttp: {listen: [], socket: \"" << socket << "\"}\n"
                        << text;
  }
  config::Config first() const {
    write(
        "fetch: {timeout: 7s}\nreceivers: [{name: beat, heartbeat: {url: "
        "\"https://a.test/canary\"}}]\n");
    return config::load(file).value();
  }
  bool reload() { return test::run(io, daemon.reload_file()).has_value(); }

  const std::string file = path + ".yaml";
  test::FakeClock clock{now};
  Daemon daemon{io, first(), clock};
};

TEST_F(DaemonStatusTest, SaysWhatItWasBuiltFrom) {
  const auto build = told("/api/v1/status/build");
  EXPECT_EQ(build.at("version").as_string(), telemetry::version());
  EXPECT_EQ(build.at("revision").as_string(), telemetry::revision());
  EXPECT_FALSE(build.at("compiler").as_string().empty());
  for (const auto* name : {"boost", "curl", "icu", "openssl", "sqlite", "zstd"}) {
    const std::string version(build.at("libraries").at(name).as_string());
    EXPECT_GE(std::count(version.begin(), version.end(), '.'), 1) << name << ' ' << version;
  }
}

TEST_F(DaemonStatusTest, SaysSinceWhenItRunsAndWithHowMuch) {
  auto commit = published("http://a.test/1");
  ASSERT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
  clock.advance_to(clock.now() + 90min);
  const auto runtime = told("/api/v1/status/runtime");
  EXPECT_EQ(runtime.at("startedAt").as_string(), "1970-02-11T16:00:00Z");
  EXPECT_EQ(runtime.at("time").as_string(), "1970-02-11T17:30:00Z");
  EXPECT_EQ(runtime.at("configFile").as_string(), file);
  EXPECT_EQ(runtime.at("timezone").as_string(), "Asia/Ho_Chi_Minh");
  const auto& database = runtime.at("database").as_object();
  EXPECT_EQ(database.at("path").as_string(), path);
  EXPECT_GT(database.at("sizeBytes").to_number<int>(), 0);
  EXPECT_GE(database.at("schema").to_number<int>(), 14);
  const auto& counts = runtime.at("counts").as_object();
  EXPECT_EQ(counts.at("articles").to_number<int>(), 1);
  EXPECT_EQ(counts.at("events").to_number<int>(), 1);
  EXPECT_EQ(counts.at("receivers").to_number<int>(), 1);
  EXPECT_EQ(counts.at("sources").to_number<int>(), 0);
  const auto& reloaded = runtime.at("reload").as_object();
  EXPECT_TRUE(reloaded.at("taken").as_bool()) << "none was refused";
  EXPECT_FALSE(reloaded.contains("triedAt"));
}

TEST_F(DaemonStatusTest, AReloadThatWasRefusedIsSaidWithItsFaults) {
  clock.advance_to(clock.now() + 1h);
  write("nonsense: 1\n");
  EXPECT_FALSE(reload());
  auto reloaded = told("/api/v1/status/runtime").at("reload").as_object();
  EXPECT_FALSE(reloaded.at("taken").as_bool());
  EXPECT_EQ(reloaded.at("triedAt").as_string(), "1970-02-11T17:00:00Z");
  EXPECT_EQ(reloaded.at("loadedAt").as_string(), "1970-02-11T16:00:00Z") << "the first still holds";
  EXPECT_EQ(reloaded.at("faults").at(0).as_string(), file + ":3:1: unknown key 'nonsense'");
  EXPECT_NE(yaml().find("timeout: 7s"), std::string::npos);

  clock.advance_to(clock.now() + 1h);
  write("fetch: {timeout: 8s}\n");
  EXPECT_TRUE(reload());
  reloaded = told("/api/v1/status/runtime").at("reload").as_object();
  EXPECT_TRUE(reloaded.at("taken").as_bool());
  EXPECT_EQ(reloaded.at("loadedAt").as_string(), "1970-02-11T18:00:00Z");
  EXPECT_FALSE(reloaded.contains("faults"));
}

TEST_F(DaemonStatusTest, ShowsTheConfigurationThatIsInForce) {
  EXPECT_NE(yaml().find("https://a.test/<secret>"), std::string::npos);
  EXPECT_EQ(yaml().find("canary"), std::string::npos);
  EXPECT_NE(yaml().find("keep: 90d"), std::string::npos) << "with the defaults";
  // What does not reload is shown as it is, not as the file has it now.
  write("fetch: {timeout: 8s}\n", "/run/other.sock");
  ASSERT_TRUE(reload());
  EXPECT_NE(yaml().find("timeout: 8s"), std::string::npos);
  EXPECT_EQ(yaml().find("receivers"), std::string::npos);
  EXPECT_EQ(yaml().find("other.sock"), std::string::npos);
  EXPECT_EQ(told("/api/v1/status/config").at("file").as_string(), file);
}

}  // namespace
}  // namespace tinwatch::app
