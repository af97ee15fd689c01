#include "monitor/revisit.hpp"

#include "check_plan.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr Instant monday{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
constexpr double cheap = 1e-6;

/// Ten weeks of a site that publishes ten articles each working morning at eight.
Rhythm mornings() {
  Rhythm out;
  for (int day = 0; day < 70; ++day)
    for (int n = 0; n < 10; ++n)
      if (day % 7 < 5) out.note(monday + std::chrono::days{day} + 8h + n * 5min);
  return out;
}

TEST(Rhythm, IsEvenUntilMoreIsKnown) {
  const Rhythm nothing;
  EXPECT_EQ(nothing.weight(monday), 1);
  Rhythm one;
  one.note(monday + 8h);
  EXPECT_LT(one.weight(monday + 8h), 1.3);
}

TEST(Rhythm, TellsMorningsNightsAndWeekends) {
  const auto rhythm = mornings();
  const auto tuesday = monday + 71 * 24h;
  EXPECT_GT(rhythm.weight(tuesday + 8h), 15);
  EXPECT_LT(rhythm.weight(tuesday + 3h), 0.5);
  EXPECT_LT(rhythm.weight(tuesday + 4 * 24h + 8h), 0.7) << "a Saturday";
}

TEST(Rhythm, ForgetsOldHours) {
  auto rhythm = mornings();
  for (int day = 70; day < 800; ++day)
    if (day % 7 < 5) rhythm.note(monday + std::chrono::days{day} + 20h);
  EXPECT_GT(rhythm.weight(monday + 20h), 8 * rhythm.weight(monday + 8h));
}

TEST(Revisit, ListsKeepToTheirInterval) {
  const auto rhythm = mornings();
  const Interval interval;
  EXPECT_EQ(next_list_wait(monday + 8h, rhythm, 1, 1e-9, interval), 2min);
  EXPECT_EQ(next_list_wait(monday + 8h, rhythm, 1, 1e9, interval), 6h);
  EXPECT_EQ(next_list_wait(monday + 8h, rhythm, 1, 1, {.min = 10min, .max = 10min}), 10min);
}

TEST(Revisit, ListsAreReadOftenWhereAndWhenSomethingIsNew) {
  const auto rhythm = mornings();
  const double price = 0.1;  // six minutes
  const auto busy = next_list_wait(monday + 8h, rhythm, 1, price, {});
  EXPECT_EQ(busy, 6min);
  EXPECT_EQ(next_list_wait(monday + 8h, rhythm, 0.25, price, {}), 4 * busy);
  EXPECT_GT(next_list_wait(monday + 3h, rhythm, 1, price, {}), 2 * busy);
}

TEST(Revisit, ArticlesByTheirAgeWhileRequestsAreCheap) {
  // As often edited as is usual at that age: what it is worth is the table.
  const auto wait = [](Duration age) {
    return next_article_wait(monday, {.published = monday - age}, 1e-9, {}, cheap);
  };
  EXPECT_EQ(wait(1h), 15min);
  EXPECT_EQ(wait(4h), 30min);
  EXPECT_EQ(wait(48h), 2h);
  EXPECT_EQ(wait(20 * 24h), 24h);
  EXPECT_EQ(wait(60 * 24h), 7 * 24h);
  EXPECT_EQ(wait(2000 * 24h), 720h);
}

TEST(Revisit, AnArticlesOwnEditsBringItForward) {
  const auto wait = [](int edits) {
    return next_article_wait(monday, {.published = monday - 48h, .edits = edits}, 0.6, {}, cheap);
  };
  EXPECT_GT(wait(0), 2h) << "none in two days: less likely than usual";
  EXPECT_LT(wait(2), 2h);
  EXPECT_LT(wait(10), wait(2));
  EXPECT_GE(wait(1000), 30min);
}

TEST(Revisit, AHighPriceSparesTheYoungAndTheEdited) {
  const double high = 1e-3;
  const auto wait = [&](Duration age, int edits) {
    return next_article_wait(monday, {.published = monday - age, .edits = edits}, 0.6, {}, high);
  };
  EXPECT_EQ(wait(1h, 0), 15min) << "whatever the price";
  EXPECT_LT(wait(72h, 5), 8h);
  EXPECT_GT(wait(72h, 0), 24h);
  EXPECT_LE(wait(72h, 0), 72h) << "never longer than it is old";
}

/// A site that works from six to ten, all week.
Rhythm office() {
  Rhythm rhythm;
  for (int day = -70; day < 0; ++day)
    for (int hour = 6; hour < 22; ++hour)
      for (int n = 0; n < 5; ++n) rhythm.note(monday + std::chrono::days{day} + hour * 1h);
  return rhythm;
}

TEST(CheckPlan, PaysOrNot) {
  EXPECT_DOUBLE_EQ(first_paying_check(monday, {}, {.rate = 0.2, .reach = 7, .cost = 1}).value(), 7);
  EXPECT_FALSE(first_paying_check(monday, {}, {.rate = 0.1, .reach = 7, .cost = 1}));
}

TEST(CheckPlan, LeavesTheNightOutOnlyWhereThatCostsLittle) {
  const auto rhythm = office();
  const auto next = [&](Duration at, double cost) {
    return first_paying_check(monday + at, rhythm, {.rate = 0.1, .reach = 7, .cost = cost}).value();
  };
  EXPECT_DOUBLE_EQ(next(8h, 0.5), 7) << "by day as soon as it reaches back";
  const double morning = next(22h, 0.5);
  EXPECT_GE(morning, 10) << "not at five";
  EXPECT_LE(morning, 17) << "two checks reach back over fourteen of the sixteen hours";
  EXPECT_LE(next(22h, 0.001), 8) << "where checks cost next to nothing, at night too";
}

TEST(Revisit, AScarceRequestIsSpentByDay) {
  const auto rhythm = office();
  const auto wait = [&](Instant now, double price) {
    return next_article_wait(now, {.published = now - 48h, .edits = 1}, 0.6, rhythm, price);
  };
  EXPECT_LT(wait(monday + 21h, cheap), 3h);
  EXPECT_GT(wait(monday + 21h, 1e-3), 9h);
  EXPECT_LT(wait(monday + 8h, 1e-3), 8h);
}

TEST(Price, RisesAboveTheBudgetAndFallsBelow) {
  Price busy(60, 1e-3, 1);
  Price idle(60, 1e-3, 1);
  Price right(60, 1e-3, 1);
  for (int minute = 0; minute < 3 * 24 * 60; ++minute) {
    const auto at = monday + std::chrono::minutes{minute};
    busy.note_request(at);
    busy.note_request(at + 30s);
    right.note_request(at);
    if (minute % 2 == 0) idle.note_request(at);
  }
  EXPECT_GT(busy.now(), 5e-3);
  EXPECT_LT(idle.now(), 2e-4);
  EXPECT_NEAR(right.now(), 1e-3, 1e-4);
  // A host that is found to want more time between two requests.
  right.allow(30);
  for (int minute = 0; minute < 24 * 60; ++minute)
    right.note_request(monday + 72h + std::chrono::minutes{minute});
  EXPECT_GT(right.now(), 2e-3);
}

}  // namespace
}  // namespace tinwatch::monitor
