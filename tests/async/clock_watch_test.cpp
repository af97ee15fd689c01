#include "async/clock_watch.hpp"

#include "support/fake_clock.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

TEST(ClockWatch, TellsByHowMuchTheClockWasSet) {
  test::FakeClock clock(Instant{} + 1000h);
  ClockWatch watch(clock);
  clock.advance_to(clock.now() + 10min);
  EXPECT_EQ(watch.jump(), 0s) << "time has passed, nothing more";
  clock.set_ahead(24h);
  EXPECT_EQ(watch.jump(), 24h);
  EXPECT_EQ(watch.jump(), 0s) << "told once";
  clock.advance_to(clock.now() + 8s);
  clock.set_ahead(0s);
  EXPECT_EQ(watch.jump(), -24h);
  clock.set_ahead(1500ms);
  EXPECT_EQ(watch.jump(), 0s) << "what NTP corrects";
}

}  // namespace
}  // namespace tinwatch
