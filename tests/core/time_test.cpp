#include "core/time.hpp"

#include "core/back_off.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

const Instant march = *civil(2026, 3, 4, 9, 44, 0);

TEST(Iso8601, ReadsTheFormsMetOnPages) {
  for (const auto* text :
       {"2026-03-04T16:44:00+07:00", "2026-03-04 16:44:00 +07:00", "2026-03-04T16:44+0700",
        "2026-03-04T09:44:00Z", "2026-03-04T16:44:00.000 +07:00"}) {
    const auto time = parse_iso8601(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(time->at, march) << text;
  }
  EXPECT_EQ(parse_iso8601("2026-03-04T16:44:00", 7h)->at, march);
}

TEST(Iso8601, RefusesImpossibleDates) {
  for (const auto* text : {"2023-02-29", "2026-13-01", "2026-04-31T10:00", "2026-03-04T25:10",
                           "2026-03-04T16:44:00+07:00x", "yesterday", ""})
    EXPECT_FALSE(parse_iso8601(text)) << text;
}

TEST(Rfc822, ReadsHttpAndRssDates) {
  EXPECT_EQ(parse_rfc822("Wed, 04 Mar 2026 09:44:00 GMT")->at, march);
  EXPECT_EQ(parse_rfc822("4 Mar 26 16:44 +0700")->at, march);
  EXPECT_EQ(parse_rfc822("Wednesday, 04-Mar-26 09:44:00 GMT")->at, march);
  EXPECT_FALSE(parse_rfc822("Wed, 31 Feb 2026 09:44:00 GMT"));
  EXPECT_EQ(to_http_date(march), "Wed, 04 Mar 2026 09:44:00 GMT");
}

TEST(Rfc3339, PrintsTheOffsetItWasPrintedWith) {
  EXPECT_EQ(to_rfc3339(OffsetTime{.at = march, .offset = 7h}), "2026-03-04T16:44:00+07:00");
  EXPECT_EQ(to_rfc3339(march + 5ms), "2026-03-04T09:44:00.005Z");
  for (const auto* zero : {"2026-03-04T09:44:00Z", "2026-03-04T09:44:00+00:00"})
    EXPECT_EQ(to_rfc3339(*parse_iso8601(zero)), zero);
  EXPECT_EQ(to_rfc3339(*parse_rfc822("Wed, 04 Mar 2026 09:44:00 +0000")),
            "2026-03-04T09:44:00+00:00");
  EXPECT_EQ(to_rfc3339(*parse_rfc822("Wed, 04 Mar 2026 09:44:00 GMT")), "2026-03-04T09:44:00Z");
  EXPECT_EQ(parse_iso8601("2026-03-04T09:44:00Z"), parse_iso8601("2026-03-04T09:44:00+00:00"))
      << "one time, however it is spelled";
}

TEST(RetryAfter, ReadsBothForms) {
  EXPECT_EQ(parse_retry_after("120", march), 120s);
  EXPECT_EQ(parse_retry_after("Wed, 04 Mar 2026 09:45:00 GMT", march), 60s);
  EXPECT_EQ(parse_retry_after("Wed, 04 Mar 2020 09:45:00 GMT", march), 0s);
  EXPECT_FALSE(parse_retry_after("soon", march));
}

TEST(DurationText, IsPrometheusForm) {
  EXPECT_EQ(parse_duration("1h30m"), 90min);
  EXPECT_EQ(parse_duration("7d"), 168h);
  EXPECT_EQ(parse_duration("900y"), 24h * 365 * 900);
  for (const auto* text : {"1000000000y", "900y900y", "1000000000w"})
    EXPECT_FALSE(parse_duration(text)) << text << " would run over";
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(to_text(90min), "1h30m");
  for (const auto* text : {"", "5", "m5", "5 m", "-5m", "5fortnights", "99999999999999999h"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(TimeArgument, TakesAgesDatesAndToday) {
  EXPECT_EQ(parse_time_argument("36h", march, 7h), march - 36h);
  EXPECT_EQ(parse_time_argument("today", march, 7h), *civil(2026, 3, 3, 17, 0, 0));
  EXPECT_EQ(parse_time_argument("2026-03-04", march, 7h), *civil(2026, 3, 3, 17, 0, 0));
}

TEST(ZoneOffset, KnowsIanaNames) {
  EXPECT_EQ(TimeZone::find("Asia/Ho_Chi_Minh")->offset_at(march), 7h);
  const auto london = TimeZone::find("Europe/London");
  EXPECT_EQ(london->offset_at(*civil(2026, 7, 1, 0, 0, 0)), 1h);
  EXPECT_EQ(london->offset_at_local(*civil(2026, 3, 29, 0, 59, 0)), 0h);
  EXPECT_EQ(london->offset_at_local(*civil(2026, 3, 29, 2, 0, 0)), 1h);
  EXPECT_EQ(london->offset_at_local(*civil(2026, 10, 25, 0, 30, 0)), 1h);
  EXPECT_EQ(london->offset_at_local(*civil(2026, 10, 25, 2, 30, 0)), 0h);
  EXPECT_EQ(TimeZone::fixed(7h).offset_at_local(march), 7h);
  EXPECT_FALSE(TimeZone::find("Mars/Olympus"));
}

TEST(BackOff, DoublesToADayAndObeysTheServer) {
  EXPECT_EQ(back_off(1), 60s);
  EXPECT_EQ(back_off(3), 240s);
  EXPECT_EQ(back_off(100), 24h);
  EXPECT_EQ(back_off(5, 30s), 30s);
  EXPECT_EQ(back_off(1, 1000h), 24h);
  EXPECT_EQ(back_off(1, 0s), 1s);
}

}  // namespace
}  // namespace tinwatch
