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

TEST(ParseDate, ReadsTheLanguagesOfTheFiles) {
  for (const auto* line : {"Thứ Tư, 6 tháng 11 năm 2024, 7:45 tối",
                           "Wednesday, November 6, 2024 at 7:45 PM",
                           "Mittwoch, 6. November 2024, 19.45 Uhr",
                           "mercredi 6 novembre 2024 à 19h45",
                           "6 de noviembre de 2024, 7:45 de la tarde",
                           "Quarta-feira, 6 de novembro de 2024 às 19h45",
                           "mercoledì 6 novembre 2024, ore 19.45",
                           "woensdag 6 november 2024, 19.45 uur",
                           "6 listopada 2024, godz. 19:45",
                           "6 ноября 2024 года, 7:45 вечера",
                           "6 листопада 2024 року, 19:45",
                           "6 Kasım 2024 Çarşamba, 19:45",
                           "الأربعاء 6 نوفمبر 2024 الساعة 7:45 مساء",
                           "۱۶ آبان ۱۴۰۳ ساعت ۱۹:۴۵",
                           "6 नवंबर 2024, शाम 7:45 बजे",
                           "6 พฤศจิกายน 2567 เวลา 19.45 น.",
                           "Rabu, 6 November 2024 pukul 19.45 WIB",
                           "2024年11月6日 下午7:45",
                           "2024年11月6日 午後7時45分",
                           "2024년 11월 6일 오후 7:45",
                           "středa 6. listopadu 2024 v 19.45",
                           "6. novembra 2024 o 19:45",
                           "onsdag den 6. november 2024 kl. 19.45",
                           "onsdag 6 november 2024 kl. 19.45"})
    EXPECT_EQ(text(line), "2024-11-06T19:45:00+07:00 minute") << line;
}

TEST(ParseDate, ReadsYesterdayInTheLanguagesOfTheFiles) {
  const DateContext context{.zone = hanoi, .reference = civil(2024, 11, 7, 5, 0, 0)};
  for (const auto* line :
       {"hôm qua",        "yesterday",     "gestern",      "hier",         "ayer",
        "ontem",          "ieri",          "gisteren",     "wczoraj",      "вчера",
        "вчора",          "dün",           "أمس",          "دیروز",        "कल",
        "เมื่อวานนี้",        "kemarin",       "昨天",         "昨日",         "어제",
        "včera",          "i går",         "igår",         "1 ngày trước", "1 day ago",
        "vor 1 Tag",      "il y a 1 jour", "hace 1 día",   "há 1 dia",     "1 giorno fa",
        "1 dag geleden",  "1 dzień temu",  "1 день назад", "1 день тому",  "1 gün önce",
        "منذ 1 يوم",      "1 روز پیش",     "1 दिन पहले",    "1 วัน ที่แล้ว",    "1 hari yang lalu",
        "1天前",          "1日前",         "1일 전",       "před 1 dnem",  "for 1 dag siden",
        "för 1 dag sedan"})
    EXPECT_EQ(text(line, context), "2024-11-06 day") << line;
  EXPECT_EQ(text("aujourd'hui", context), "2024-11-07 day");
  EXPECT_EQ(text("avant-hier", context), "2024-11-05 day");
  EXPECT_EQ(text("avant-hier à 10h30", context), "2024-11-05T10:30:00+07:00 minute");
}

TEST(ParseDate, KeepsAZeroOffsetAsItIsPrinted) {
  EXPECT_EQ(text("2024-11-06T11:05:00+00:00"), "2024-11-06T11:05:00+00:00 second");
  EXPECT_EQ(text("Wed, 06 Nov 2024 11:05:00 +0000"), "2024-11-06T11:05:00+00:00 second");
  EXPECT_EQ(text("2024-11-06T11:05:00Z"), "2024-11-06T11:05:00Z second");
  EXPECT_EQ(text("Wed, 06 Nov 2024 11:05:00 GMT"), "2024-11-06T11:05:00Z second");
  EXPECT_EQ(text("2024-11-06 11:05:00+00"), "2024-11-06T11:05:00Z second");
}

TEST(ParseDate, ReadsMachinesForms) {
  EXPECT_EQ(text("2026-07-16T18:04:00.000 +07:00"), "2026-07-16T18:04:00+07:00 second");
  EXPECT_EQ(text("2026-07-16T23:47:00&#x2B;07:00"), "2026-07-16T23:47:00+07:00 second");
  EXPECT_EQ(text("Thu, 27 Apr 2023 14:14:00 GMT"), "2023-04-27T14:14:00Z second");
  EXPECT_EQ(text("20221224191050762"), "2022-12-24T19:10:50+07:00 second");
  EXPECT_EQ(text("19624011015433825"), "2024-01-10T15:43:38+07:00 second");
  EXPECT_EQ(text("1784225040000"), "2026-07-17T01:04:00+07:00 second");
}

TEST(ParseDate, ReadsAnyOrderOfNamedMonths) {
  for (const auto* line :
       {"Wed Nov  6 18:05:00 2024", "Wed Nov 6 18:05:00 +07 2024", "2024 November 06, 18:05:00",
        "2024. november 6., 18:05:00", "20241106T180500", "2024-Nov-06 18:05:00.125",
        "06-Nov-24 18:05:00", "6 Nov 24 6:5:00 PM", "Nov 6, 2024, 6:05:00 p.m."})
    EXPECT_EQ(text(line), "2024-11-06T18:05:00+07:00 second") << line;
  EXPECT_EQ(text("31-Dec-00"), "2000-12-31 day");
  EXPECT_EQ(text("31-Dec-99"), "1999-12-31 day");
  EXPECT_EQ(text("2024. 11. 6. 09:05"), "2024-11-06T09:05:00+07:00 minute");
  EXPECT_EQ(text("April 4, 20 people"), "none") << "twenty is no year";
}

TEST(ParseDate, TakesTheZoneThatIsPrinted) {
  const auto at = [](const std::string& zone) {
    return text(("Wed, 06 Nov 2024 18:05:00" + zone).c_str());
  };
  for (const auto* zone :
       {" EST", " -0500", "-05:00", " GMT-5", " (UTC-05:00)", ".125 -05:00", " --0500", "-05"})
    EXPECT_EQ(at(zone), "2024-11-06T18:05:00-05:00 second") << zone;
  EXPECT_EQ(at(" GMT+7"), "2024-11-06T18:05:00+07:00 second");
  EXPECT_EQ(at("+00"), "2024-11-06T18:05:00Z second");
  EXPECT_EQ(at(""), "2024-11-06T18:05:00+07:00 second") << "the paper's own";
  EXPECT_EQ(at(" CST"), "2024-11-06T18:05:00-06:00 second");
  EXPECT_EQ(text("2024-11-06 18:05 CST", {.zone = TimeZone::fixed(8h)}),
            "2024-11-06T18:05:00+08:00 minute")
      << "China's";
}

TEST(ParseDate, KnowsTheHalvesOfTheDay) {
  for (const auto* line :
       {"6 November 2024 7:45 PM", "2024年11月6日 下午7:45", "2024년 11월 6일 오후 7시 45분",
        "2024年11月6日午後7時45分", "6/11/2024 7:45 tối", "tối 6/11/2024, 19:45",
        "6 Kasım 2024 ös 7:45", "6 نوفمبر 2024 7:45 م", "6 November 2024, 7.45 pm"})
    EXPECT_EQ(text(line), "2024-11-06T19:45:00+07:00 minute") << line;
  EXPECT_EQ(text("Sun, 15 Dec 2024 12:15 AM"), "2024-12-15T00:15:00+07:00 minute");
  EXPECT_EQ(text("2024年11月6日 中午12:30"), "2024-11-06T12:30:00+07:00 minute");
}

/// A language is a table of words: one line of each.
TEST(ParseDate, ReadsEveryLanguageThatHasATable) {
  for (const auto* line : {"Thứ Tư, 6 Tháng Mười Một, 2024",
                           "Wednesday, November 6th, 2024",
                           "Mittwoch, 6. November 2024",
                           "mercredi 6 novembre 2024",
                           "miércoles, 6 de noviembre de 2024",
                           "quarta-feira, 6 de novembro de 2024",
                           "mercoledì 6 novembre 2024",
                           "woensdag 6 november 2024",
                           "środa, 6 listopada 2024 r.",
                           "6 ноября 2024 г.",
                           "6 листопада 2024 р.",
                           "6 Kasım 2024 Çarşamba",
                           "الأربعاء 6 نوفمبر 2024",
                           "٦ تشرين الثاني ٢٠٢٤",
                           "۱۶ آبان ۱۴۰۳",
                           "6 नवंबर 2024",
                           "६ नवम्बर २०२४",
                           "6 พฤศจิกายน 2567",
                           "6 พ.ย. 2567",
                           "Rabu, 6 November 2024",
                           "2024年11月6日",
                           "2024年11月6日（水）",
                           "2024년 11월 6일",
                           "6. marraskuuta 2024",
                           "6. listopadu 2024"})
    EXPECT_EQ(text(line), "2024-11-06 day") << line;
}

TEST(ParseDate, TheIranianCalendarHasItsOwnLeapYears) {
  EXPECT_EQ(text("۱ فروردین ۱۴۰۳"), "2024-03-20 day");
  EXPECT_EQ(text("۳۰ اسفند ۱۴۰۳"), "2025-03-20 day");
  EXPECT_EQ(text("۳۰ اسفند ۱۴۰۲"), "none");
}

TEST(ParseDate, KnowsWhatIsNoDate) {
  for (const auto* line :
       {"29/2/2023", "31/4/2026", "25:10 04/03/2026", "Quý 1/2026", "mùng 10 tháng 3 âm lịch", "",
        "&#", "&amp;#x41;", "10.02.14.33", "9800844409", "9999 năm trước", "2 giờ trước", "hôm qua",
        "hôm kia", "2016年6月2911:30", "15 Brumaire 2024 - 10:30"})
    EXPECT_EQ(text(line), "none") << line;
}

TEST(ParseDate, ReadsAgesAgainstAReference) {
  const DateContext context{.zone = hanoi, .reference = *civil(2026, 3, 4, 9, 44, 0)};
  EXPECT_EQ(text("2 giờ trước", context), "2026-03-04T14:44:00+07:00 hour");
  EXPECT_EQ(text("Hôm qua, 20:15", context), "2026-03-03T20:15:00+07:00 minute");
  EXPECT_EQ(text("3 days ago", context), "2026-03-01 day");
  EXPECT_EQ(text("Chiều qua, 15:30", context), "2026-03-03T15:30:00+07:00 minute");
  EXPECT_EQ(text("sáng nay", context), "2026-03-04 day");
  EXPECT_EQ(text("hôm kia", context), "2026-03-02 day");
  EXPECT_EQ(text("il y a 3 jours", context), "2026-03-01 day");
  EXPECT_EQ(text("3天前", context), "2026-03-01 day");
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
