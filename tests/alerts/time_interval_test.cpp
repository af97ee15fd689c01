#include "alerts/time_interval.hpp"

#include <gtest/gtest.h>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

Instant at(int year, int month, int day, int hour, int minute) {
  return civil(year, month, day, hour, minute, 0).value();
}

const TimeZone utc = TimeZone::fixed({});

TEST(TimeInterval, IsWhatAlertmanagerMeansByIt) {
  EXPECT_TRUE(TimeInterval{}.contains(at(2026, 3, 4, 5, 6), utc)) << "without lists it is always";
  const TimeInterval nights{.minutes = {{22 * 60, 24 * 60}, {0, 6 * 60}}};
  EXPECT_TRUE(nights.contains(at(2026, 3, 4, 22, 0), utc));
  EXPECT_TRUE(nights.contains(at(2026, 3, 4, 5, 59), utc));
  EXPECT_FALSE(nights.contains(at(2026, 3, 4, 6, 0), utc)) << "the end is not in it";
  const TimeInterval weekend{.weekdays = {{6, 6}, {0, 0}}};
  EXPECT_TRUE(weekend.contains(at(2026, 3, 1, 12, 0), utc)) << "a Sunday";
  EXPECT_FALSE(weekend.contains(at(2026, 3, 2, 12, 0), utc));
  const TimeInterval month_end{.days_of_month = {{-2, -1}}};
  EXPECT_TRUE(month_end.contains(at(2026, 2, 27, 12, 0), utc));
  EXPECT_FALSE(month_end.contains(at(2026, 2, 26, 12, 0), utc));
  EXPECT_TRUE(month_end.contains(at(2024, 2, 29, 12, 0), utc)) << "of a leap year";
  const TimeInterval both{.months = {{1, 3}}, .years = {{2026, 2026}}};
  EXPECT_TRUE(both.contains(at(2026, 3, 31, 12, 0), utc));
  EXPECT_FALSE(both.contains(at(2025, 3, 31, 12, 0), utc));
}

TEST(TimeInterval, IsLocal) {
  const TimeInterval morning{.minutes = {{6 * 60, 12 * 60}}};
  EXPECT_FALSE(morning.contains(at(2026, 3, 4, 1, 0), utc));
  EXPECT_TRUE(morning.contains(at(2026, 3, 4, 1, 0), TimeZone::fixed(7h)));
  // Of the hour that the clocks skip nothing is lost: 02:30 is not there, 03:00 is.
  const auto berlin = TimeZone::find("Europe/Berlin").value();
  const TimeInterval three{.minutes = {{3 * 60, 4 * 60}}};
  EXPECT_TRUE(three.contains(at(2026, 3, 29, 1, 30), berlin));
  EXPECT_FALSE(three.contains(at(2026, 3, 29, 0, 59), berlin));
}

TEST(TimeInterval, IsReadAsAlertmanagerWritesIt) {
  EXPECT_EQ(parse_minute("22:00").value(), 22 * 60);
  EXPECT_EQ(parse_minute("24:00").value(), 24 * 60);
  for (const auto* wrong : {"24:01", "7:00", "22:60", "2200", "", "ab:cd", "07:00 "})
    EXPECT_FALSE(parse_minute(wrong)) << wrong;
  EXPECT_EQ(parse_weekdays("monday:friday").value(), (IntRange{1, 5}));
  EXPECT_EQ(parse_weekdays("Sunday").value(), (IntRange{0, 0}));
  for (const auto* wrong : {"friday:monday", "tag", "7", ""})
    EXPECT_FALSE(parse_weekdays(wrong)) << wrong;
  EXPECT_EQ(parse_days_of_month("1:5").value(), (IntRange{1, 5}));
  EXPECT_EQ(parse_days_of_month("-3:-1").value(), (IntRange{-3, -1}));
  EXPECT_EQ(parse_days_of_month("15:-1").value(), (IntRange{15, -1}));
  for (const auto* wrong : {"0", "5:1", "32", "-1:-3"})
    EXPECT_FALSE(parse_days_of_month(wrong)) << wrong;
  EXPECT_EQ(parse_months("january:march").value(), (IntRange{1, 3}));
  EXPECT_EQ(parse_months("5:8").value(), (IntRange{5, 8}));
  EXPECT_FALSE(parse_months("13"));
  EXPECT_EQ(parse_years("2020:2022").value(), (IntRange{2020, 2022}));
}

}  // namespace
}  // namespace tinwatch::alerts
