#include "monitor/hour_count.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 10'000h + 30s;

TEST(HourCount, WhoeverWaitsForRoomNeverExceedsAnyHour) {
  HourCount hour;
  std::vector<Instant> left;
  auto at = now;
  while (at < now + 6h) {
    at = hour.room_at(at, 30);
    hour.note(at);
    left.push_back(at);
    at += left.size() % 7 == 0 ? 3min : 1s;
  }
  for (std::size_t i = 30; i < left.size(); ++i) EXPECT_GE(left[i] - left[i - 30], 1h) << i;
  EXPECT_GE(left.size(), 30U * 5) << "and uses what it has";
}

TEST(HourCount, ForgetsAfterAnHour) {
  HourCount hour;
  for (int i = 0; i < 5; ++i) hour.note(now, 2);
  EXPECT_EQ(hour.count(now + 59min), 10);
  EXPECT_EQ(hour.count(now + 61min), 0);
  EXPECT_EQ(hour.room_at(now, 11), now);
  EXPECT_GT(hour.room_at(now, 10), now + 1h - 1min);
  EXPECT_LE(hour.room_at(now, 10), now + 1h + 1min);
  EXPECT_EQ(hour.count(now - 24h), 0) << "a clock that was ahead";
}

}  // namespace
}  // namespace tinwatch::monitor
