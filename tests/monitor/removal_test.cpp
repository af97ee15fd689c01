#include "monitor/removal.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;
using Event = Verdict::Event;

const Instant now = Instant{} + 1000h;
const RemovalSettings usual;

/// An article that failed so many checks, the first of them so long ago.
Absence absent(ArticleStatus status, int checks, Duration since) {
  return {.status = status, .checks = checks, .since = now - since};
}

TEST(Removal, GoesFromLiveToMissingToRemoved) {
  Instant at{};
  Absence absence;
  const auto check = [&](Check what, Duration later) {
    at += later;
    auto verdict = judge(absence, what, at, usual);
    absence = verdict.absence;
    return verdict.event;
  };
  EXPECT_EQ(check(Check::not_found, 0s), Event::none);
  EXPECT_EQ(check(Check::not_found, 1min), Event::none) << "twice, but not five minutes apart";
  EXPECT_EQ(check(Check::not_found, 4min), Event::missing);
  EXPECT_EQ(check(Check::not_found, 8h), Event::none);
  EXPECT_EQ(check(Check::not_found, 8h), Event::none) << "three confirmations, but not over a day";
  EXPECT_EQ(check(Check::not_found, 8h), Event::removed);
  EXPECT_EQ(check(Check::not_found, 8h), Event::none) << "removed once";
  EXPECT_EQ(check(Check::found, 1h), Event::none) << "one of several servers may have it still";
  EXPECT_EQ(check(Check::found, 5min), Event::returned);
  EXPECT_FALSE(absence.is_absent());
}

TEST(Removal, TwoChecksFiveMinutesApartMakeItMissing) {
  const auto verdict = [](int checks_before, Duration since) {
    return judge(absent(ArticleStatus::live, checks_before, since), Check::not_found, now, usual);
  };
  EXPECT_EQ(judge({}, Check::not_found, now, usual).event, Event::none) << "the first one";
  EXPECT_EQ(judge({}, Check::not_found, now, usual).absence, absent(ArticleStatus::live, 1, 0s));
  EXPECT_EQ(verdict(1, 5min).event, Event::missing) << "the second one, after five minutes";
  EXPECT_EQ(verdict(1, 5min).absence, absent(ArticleStatus::missing, 2, 5min));
  EXPECT_EQ(verdict(1, 5min - 1ms).event, Event::none) << "too soon";
  EXPECT_EQ(verdict(9, 5min - 1ms).event, Event::none) << "however many there are";
  EXPECT_EQ(judge(absent(ArticleStatus::live, 1, 5min), Check::gone, now, usual).event,
            Event::missing)
      << "410 too is missing first";
  EXPECT_EQ(judge(absent(ArticleStatus::live, 9, 100h), Check::gone, now, usual).event,
            Event::missing);
}

TEST(Removal, OneCheckIsEnoughWhereTheSettingsSaySo) {
  const RemovalSettings at_once{.missing_after = 1, .over = 0s};
  EXPECT_EQ(judge({}, Check::not_found, now, at_once).event, Event::missing);
}

TEST(Removal, ThreeConfirmationsAndADayMakeItRemoved) {
  const auto event = [](int checks_before, Duration since) {
    return judge(absent(ArticleStatus::missing, checks_before, since), Check::not_found, now, usual)
        .event;
  };
  EXPECT_EQ(event(4, 24h), Event::removed) << "the fifth check: two, and three more";
  EXPECT_EQ(event(3, 24h), Event::none) << "the fourth";
  EXPECT_EQ(event(3, 1000h), Event::none) << "however long";
  EXPECT_EQ(event(4, 24h - 1ms), Event::none) << "too soon";
}

TEST(Removal, GoneNeedsTwoConfirmationsAndNoTime) {
  const auto event = [](Check check, int checks_before) {
    return judge(absent(ArticleStatus::missing, checks_before, 10min), check, now, usual).event;
  };
  EXPECT_EQ(event(Check::gone, 3), Event::removed) << "the fourth check: two, and two more";
  EXPECT_EQ(event(Check::gone, 2), Event::none);
  EXPECT_EQ(event(Check::not_found, 3), Event::none) << "404 does not say it outright";
}

TEST(Removal, OnlyWhoWasToldOfItIsToldThatItIsBackOnceItWasSeenTwice) {
  const auto found = [](ArticleStatus presence, std::optional<Instant> back_since) {
    auto before = absent(presence, 1, 1h);
    before.back_since = back_since;
    return judge(before, Check::found, now, usual);
  };
  EXPECT_EQ(found(ArticleStatus::live, {}).event, Event::none) << "a flicker is nothing";
  EXPECT_FALSE(found(ArticleStatus::live, {}).absence.is_absent()) << "counting begins anew";
  for (const auto presence : {ArticleStatus::missing, ArticleStatus::removed}) {
    EXPECT_EQ(found(presence, {}).event, Event::none);
    EXPECT_EQ(found(presence, {}).absence.back_since, now);
    EXPECT_EQ(found(presence, now - 5min + 1ms).event, Event::none) << "too soon";
    EXPECT_EQ(found(presence, now - 5min).event, Event::returned);
    EXPECT_FALSE(found(presence, now - 5min).absence.is_absent());
  }
  auto back = absent(ArticleStatus::missing, 2, 1h);
  back.back_since = now - 1min;
  EXPECT_FALSE(judge(back, Check::not_found, now, usual).absence.back_since) << "gone once more";
}

TEST(Removal, AnArticleThatFlickersHasToBeAwayForLonger) {
  auto absence = absent(ArticleStatus::live, 1, 0s);
  int checks = 2;
  for (int flickers = 1; flickers < 6; ++flickers) {
    absence = judge(absence, Check::found, now, usual).absence;
    EXPECT_EQ(absence.flickers, std::min(flickers, 4));
    checks = std::min(2 * checks, 16);
    auto away = absence;
    away.checks = checks - 2;
    away.since = now - checks / 2 * 5min;
    away = judge(away, Check::not_found, now, usual).absence;
    EXPECT_EQ(away.status, ArticleStatus::live) << "one check short";
    EXPECT_EQ(judge(away, Check::not_found, now, usual).event, Event::missing);
    absence.checks = 1;
    absence.since = now;
  }
  auto away = absence;
  away.checks = 1;
  away.since = now + 25h - 5min;
  EXPECT_EQ(judge(away, Check::not_found, now + 25h, usual).event, Event::missing)
      << "flickers of another day say nothing";
}

TEST(Removal, AMissingArticleThatFlickersIsConfirmedAnew) {
  auto absence = absent(ArticleStatus::missing, 4, 23h);
  absence.back_since = now - 1min;
  absence = judge(absence, Check::not_found, now, usual).absence;
  EXPECT_EQ(absence.since, now) << "it was there a minute ago";
  EXPECT_EQ(absence.checks, usual.missing_after);
  EXPECT_EQ(recheck_after(absence, usual, now), Duration(24h - 5min) / 6) << "twice as often";
  absence.flickered_at = now + 23h;
  absence.checks = usual.missing_after + 4;
  EXPECT_EQ(judge(absence, Check::not_found, now + 24h, usual).event, Event::none) << "the fifth";
  absence.checks = usual.missing_after + 5;
  EXPECT_EQ(judge(absence, Check::not_found, now + 24h, usual).event, Event::removed);
}

TEST(Recheck, ComesWhenTheNextCheckMayCount) {
  EXPECT_EQ(recheck_after(absent(ArticleStatus::live, 1, 0s), usual, now), 100s);
  EXPECT_EQ(recheck_after(absent(ArticleStatus::missing, 2, 5min), usual, now),
            Duration(24h - 5min) / 3);
  EXPECT_EQ(recheck_after(absent(ArticleStatus::removed, 5, 24h), usual, now), 24h);
  const RemovalSettings patient{.missing_after = 4, .over = 30min};
  EXPECT_EQ(recheck_after(absent(ArticleStatus::live, 1, 0s), patient, now), 10min)
      << "four over 30 minutes";
}

}  // namespace
}  // namespace tinwatch::monitor
