#include "core/daily_budget.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 1000h;

TEST(DailyBudget, IsTakenByNameAndRenewedADayAfterItsFirstUse) {
  DailyBudget budget;
  EXPECT_EQ(budget.left("a", 10, now), 10);
  budget.take("a", 4, now);
  budget.take("a", 5, now + 23h);
  EXPECT_EQ(budget.left("a", 10, now + 23h), 1);
  EXPECT_EQ(budget.left("a", 5, now + 23h), 0) << "a smaller budget holds at once";
  EXPECT_EQ(budget.left("b", 10, now + 23h), 10);
  EXPECT_EQ(budget.renewed_at("a", now + 1h), now + 24h);
  EXPECT_EQ(budget.renewed_at("b", now), now);
  EXPECT_EQ(budget.left("a", 10, now + 24h), 10);
  budget.take("a", 1, now + 24h);
  EXPECT_EQ(budget.left("a", 10, now + 25h), 9);
}

TEST(DailyBudget, ADayThatAWrongClockBeganIsOver) {
  DailyBudget budget;
  budget.take("a", 10, now + 240h);
  EXPECT_EQ(budget.left("a", 10, now), 10);
  EXPECT_EQ(budget.renewed_at("a", now), now);
  budget.take("a", 3, now);
  EXPECT_EQ(budget.left("a", 10, now + 1h), 7);
}

TEST(DailyBudget, ForgetsNamesWhoseDayIsOver) {
  DailyBudget budget;
  for (int i = 0; i < 1000; ++i) budget.take(std::to_string(i), 1, now);
  EXPECT_EQ(budget.size(), 1000U);
  budget.take("next", 1, now + 25h);
  EXPECT_EQ(budget.size(), 1U);
}

}  // namespace
}  // namespace tinwatch
