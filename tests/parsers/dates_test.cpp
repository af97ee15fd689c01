#include "parsers/dates.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

const auto hanoi = TimeZone::fixed(7h);

std::string text(const char* line, const DateContext& context = {.zone = hanoi}) {
  const auto date = parse_date(line, context);
  return date ? date->text() + ' ' + std::string(label(date->precision)) : std::string("none");
}

TEST(ParseDate, ReadsNumbersDayFirst) {
  EXPECT_EQ(text("Chủ nhật, 19/11/2023, 01:29 (GMT+7)"), "2023-11-19T01:29:00+07:00 minute");
  EXPECT_EQ(text("17:25 12/02/2026"), "2026-02-12T17:25:00+07:00 minute");
  EXPECT_EQ(text("T2, 20/11/2023 7:05 CH"), "2023-11-20T19:05:00+07:00 minute");
  EXPECT_EQ(text("04.03.2026"), "2026-03-04 day");
  EXPECT_EQ(text("26 | 01 | 2022"), "2022-01-26 day");
  EXPECT_EQ(text("12/31/2020"), "2020-12-31 day") << "there is no month 31";
  EXPECT_EQ(text("04/05/2020", {.zone = hanoi, .month_first = true}), "2020-04-05 day");
}

TEST(ParseDate, ReadsNamesOfMonths) {
  EXPECT_EQ(text("Ngày 2 tháng 4 năm 2015"), "2015-04-02 day");
  EXPECT_EQ(text("Monday, 18th of November, 2019 at 8.22am EST"),
            "2019-11-18T08:22:00-05:00 minute");
  EXPECT_EQ(text("18. März 2024, 14:05 Uhr"), "2024-03-18T14:05:00+07:00 minute");
  EXPECT_EQ(text("le 3 août 2021"), "2021-08-03 day");
  EXPECT_EQ(text("2024年1月15日 10:30"), "2024-01-15T10:30:00+07:00 minute");
  EXPECT_EQ(text("April 2023"), "2023-04 month");
}

TEST(ParseDate, ReadsMachinesForms) {
  EXPECT_EQ(text("2026-07-16T18:04:00.000 +07:00"), "2026-07-16T18:04:00+07:00 second");
  EXPECT_EQ(text("2026-07-16T23:47:00&#x2B;07:00"), "2026-07-16T23:47:00+07:00 second");
  EXPECT_EQ(text("Thu, 27 Apr 2023 14:14:00 GMT"), "2023-04-27T14:14:00Z second");
  EXPECT_EQ(text("20221224191050762"), "2022-12-24T19:10:50+07:00 second");
  EXPECT_EQ(text("19624011015433825"), "2024-01-10T15:43:38+07:00 second");
  EXPECT_EQ(text("1784225040000"), "2026-07-17T01:04:00+07:00 second");
}

TEST(ParseDate, KnowsWhatIsNoDate) {
  for (const auto* line : {"29/2/2023", "31/4/2026", "25:10 04/03/2026", "Quý 1/2026",
                           "mùng 10 tháng 3 âm lịch", "", "&#", "&amp;#x41;", "10.02.14.33",
                           "9800844409", "9999 năm trước", "2 giờ trước", "hôm qua"})
    EXPECT_EQ(text(line), "none") << line;
}

TEST(ParseDate, ReadsAgesAgainstAReference) {
  const DateContext context{.zone = hanoi, .reference = *civil(2026, 3, 4, 9, 44, 0)};
  EXPECT_EQ(text("2 giờ trước", context), "2026-03-04T14:44:00+07:00 hour");
  EXPECT_EQ(text("Hôm qua, 20:15", context), "2026-03-03T20:15:00+07:00 minute");
  EXPECT_EQ(text("3 days ago", context), "2026-03-01 day");
  EXPECT_EQ(text("31/12 23:59", context), "2025-12-31T23:59:00+07:00 minute");
  EXPECT_EQ(text("4 giờ trước 18:25 09/11", context), "2025-11-09T18:25:00+07:00 minute")
      << "an absolute date wins";
}

TEST(ParseDate, TakesTheOffsetOfTheDay) {
  const DateContext berlin{.zone = *TimeZone::find("Europe/Berlin")};
  EXPECT_EQ(text("01.07.2024 12:00", berlin), "2024-07-01T12:00:00+02:00 minute");
  EXPECT_EQ(text("01.12.2024 12:00", berlin), "2024-12-01T12:00:00+01:00 minute");
}

TEST(IsDateLine, WantsNothingButTheDate) {
  EXPECT_TRUE(is_date_line("Updated: Monday, 4 March 2024, 4:44 pm"));
  EXPECT_TRUE(is_date_line("Cập nhật lúc 16:44 ngày 04/03/2026"));
  EXPECT_FALSE(is_date_line("On 4 March 2024 the mayor resigned"));
  EXPECT_FALSE(is_date_line("Published"));
}

}  // namespace
}  // namespace tinwatch::parsers
