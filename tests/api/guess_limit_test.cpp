#include "api/guess_limit.hpp"

#include <gtest/gtest.h>

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;

constexpr Duration start = 1000h;

class GuessLimitTest : public testing::Test {
 protected:
  void fail(const std::string& address, Duration at, std::size_t times = 1) {
    while (times-- > 0) limit.failed(address, at);
  }
  GuessLimit limit;
};

TEST_F(GuessLimitTest, TenInAMinuteAndNoMore) {
  EXPECT_EQ(limit.wait("a", start), 0ms);
  fail("a", start, 9);
  EXPECT_EQ(limit.wait("a", start + 20s), 0ms);
  fail("a", start + 20s);
  EXPECT_EQ(limit.wait("a", start + 20s), 40s) << "until the first of the ten is a minute old";
  EXPECT_EQ(limit.wait("a", start + 60s - 1ms), 1ms);
  EXPECT_EQ(limit.wait("a", start + 60s), 0ms);
  EXPECT_EQ(limit.wait("b", start + 20s), 0ms) << "another address";
}

TEST_F(GuessLimitTest, EachFailureCountsForAMinute) {
  for (int i = 0; i < 10; ++i) fail("a", start + i * 5s);
  fail("a", start + 60s);
  EXPECT_EQ(limit.wait("a", start + 61s), 4s) << "nine of the last minute's ten are left";
}

TEST_F(GuessLimitTest, RemembersSoManyAddresses) {
  fail("guesser", start, 10);
  for (std::size_t i = 0; i < GuessLimit::most_addresses; ++i)
    fail(std::to_string(i), start + 1s + Duration(static_cast<std::int64_t>(i)));
  EXPECT_EQ(limit.addresses(), GuessLimit::most_addresses);
  EXPECT_EQ(limit.wait("guesser", start + 10s), 0ms) << "it failed longest ago";
  fail("0", start + 10s, 9);
  fail("one more", start + 10s);
  EXPECT_GT(limit.wait("0", start + 10s), 0ms) << "who goes on failing is remembered";
  EXPECT_EQ(limit.addresses(), GuessLimit::most_addresses);
}

TEST(CountedAddress, IsANetworkWhereOneMachineHasManyAddresses) {
  EXPECT_EQ(counted_address("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(counted_address("2001:db8:1:2:3:4:5:6"), counted_address("2001:db8:1:2::9"));
  EXPECT_NE(counted_address("2001:db8:1:2::9"), counted_address("2001:db8:1:3::9"));
  EXPECT_EQ(counted_address("nobody"), "nobody");
  EXPECT_EQ(counted_address(""), "");
}

}  // namespace
}  // namespace tinwatch::api
