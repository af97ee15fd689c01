#include "host_table.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 1000h;

class HostTableTest : public testing::Test {
 protected:
  Host& add(const std::string& name, Instant at) {
    HostState state{.host = name};
    return table.add(std::make_unique<Host>(io.get_executor(), 1, std::move(state)), at);
  }

  asio::io_context io;
  HostTable table{1000};
};

TEST_F(HostTableTest, PutsAwayWhoIsNotAskedAndFree) {
  add("idle", now);
  add("blocked", now).state.blocked_until = now + 10h;
  add("spared", now).state.next_allowed = now + 10h;
  const HostUse use(add("used", now), now);
  add("next", now + 2h);
  EXPECT_EQ(table.find("idle"), nullptr);
  for (const auto* kept : {"blocked", "spared", "used", "next"})
    EXPECT_NE(table.find(kept), nullptr) << kept;
  EXPECT_EQ(table.blocked(now + 2h), 1U);
}

TEST_F(HostTableTest, PutsTheOldestRulesAwayWhenTheyFillTheirMemory) {
  const auto rules = Robots::parse("User-agent: *\nCrawl-delay: 7\n", "tinwatch");
  for (int i = 0; i < 10; ++i) {
    auto& host = add(std::to_string(i), now + i * 1s);
    const HostUse use(host, now + i * 1s);
    table.keep_rules(host, rules, 400);
    EXPECT_LE(table.rules_bytes(), 1000U);
    EXPECT_TRUE(host.rules) << "it is in use";
  }
  EXPECT_FALSE(table.find("0")->rules);
  EXPECT_TRUE(table.find("8")->rules);
  EXPECT_EQ(table.find("0")->crawl_delay, 7s) << "the delay stays";
}

TEST_F(HostTableTest, RulesInUseStay) {
  auto& first = add("first", now);
  const HostUse first_use(first, now);
  table.keep_rules(first, Robots::allow_all(), 900);
  auto& second = add("second", now + 1s);
  const HostUse second_use(second, now + 1s);
  table.keep_rules(second, Robots::allow_all(), 900);
  EXPECT_TRUE(first.rules && second.rules);
  EXPECT_EQ(table.rules_bytes(), 1800U);
  auto& third = add("third", now + 2s);
  table.keep_rules(third, Robots::allow_all(), 0);
  EXPECT_EQ(table.rules_bytes(), 1800U);
}

}  // namespace
}  // namespace tinwatch::fetchers
