#include "storage/store_fixture.hpp"

#include <gtest/gtest.h>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

TEST_F(StoreTest, KeepsHostsAndWhatTheySayInRobots) {
  const HostState state{.host = "a.test",
                        .next_allowed = now + 2s,
                        .blocked_until = now + 1h,
                        .failures = 2,
                        .last_failure = now,
                        .validators_lied_at = now - 1h};
  test::run(io, store.save_host(state));
  test::run(io, store.save_host(HostState{.host = "b.test", .next_allowed = now - 1s}));
  RobotsAnswer robots{.status = 200, .fetched_at = now, .text = "User-agent: *"};
  test::run(io, store.save_robots("a.test", robots));
  const Reader reader(path);
  const auto known = reader.host("a.test");
  ASSERT_TRUE(known && known->robots);
  EXPECT_EQ(known->state.next_allowed, state.next_allowed);
  EXPECT_EQ(known->state.blocked_until, state.blocked_until);
  EXPECT_EQ(known->state.failures, 2);
  EXPECT_EQ(known->state.last_failure, state.last_failure);
  EXPECT_EQ(known->state.validators_lied_at, state.validators_lied_at);
  EXPECT_EQ(known->robots->text, "User-agent: *");
  EXPECT_EQ(known->robots->status, 200);
  ASSERT_TRUE(reader.host("b.test"));
  EXPECT_FALSE(reader.host("b.test")->robots);
  EXPECT_FALSE(reader.host("c.test"));
  const auto spared = reader.hosts_to_spare(now);
  ASSERT_EQ(spared.size(), 1U) << "the others are recalled when they are met";
  EXPECT_EQ(spared.front().host, "a.test");
}

TEST_F(StoreTest, KeepsNoRobotsThatStaysLongWhenCompressed) {
  std::string noise;
  std::uint32_t state = 1;
  while (noise.size() < 500'000) {
    state = state * 1664525U + 1013904223U;
    noise += static_cast<char>('!' + (state >> 24U) % 90);
  }
  test::run(io, store.save_host(HostState{.host = "a.test"}));
  RobotsAnswer robots{.status = 200, .fetched_at = now, .text = noise};
  test::run(io, store.save_robots("a.test", robots));
  const Reader reader(path);
  ASSERT_TRUE(reader.host("a.test")->robots);
  EXPECT_FALSE(reader.host("a.test")->robots->text) << "it is asked for again";
}

TEST_F(StoreTest, ForgetsHostsThatNobodyAsks) {
  const std::vector<HostState> hosts = {
      {.host = "old", .next_allowed = now - 40 * 24h},
      {.host = "new", .next_allowed = now - 1h},
      {.host = "blocked", .next_allowed = now - 40 * 24h, .blocked_until = now + 1h}};
  for (const auto& host : hosts) test::run(io, store.save_host(host));
  const std::vector<std::pair<std::string, Instant>> robots = {{"old", now - 25h}, {"new", now}};
  for (const auto& [host, at] : robots) {
    RobotsAnswer answer{.status = 200, .fetched_at = at, .text = ""};
    test::run(io, store.save_robots(host, answer));
  }
  test::run(io, store.forget_hosts(now - 30 * 24h, now - 24h));
  const Reader reader(path);
  EXPECT_FALSE(reader.host("old"));
  EXPECT_TRUE(reader.host("blocked"));
  ASSERT_TRUE(reader.host("new"));
  EXPECT_TRUE(reader.host("new")->robots);
}

TEST_F(StoreTest, NamesTheHostsOfWhatIsAskedFor) {
  ListCommit list{.frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{}},
                  .source = SourceRow(1),
                  .at = now};
  list.found = {{"http://b.test/1", "b.test", TargetKind::article},
                {"http://c.test/1", "c.test", TargetKind::article}};
  test::run(io, store.commit_list(std::move(list)));
  using Hosts = std::vector<std::string>;
  EXPECT_EQ(Reader(path).hosts_of("bao"), (Hosts{"a.test", "b.test", "c.test"}));
  EXPECT_EQ(Reader(path).hosts_of("http://b.test/1"), Hosts{"b.test"});
  EXPECT_EQ(Reader(path).hosts_of("nobody"), Hosts{});
}

}  // namespace
}  // namespace tinwatch::storage
