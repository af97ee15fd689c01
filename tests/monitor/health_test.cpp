#include "monitor/health.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant monday = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};

struct Source {
  Rhythm rhythm;
  Volume volume;
  Instant last{};

  /// Thirty articles a day between six and twenty-one o'clock, at random.
  void publish(Instant from, int days) {
    std::mt19937 random(1);
    std::uniform_int_distribution<int> minute(6 * 60, 21 * 60);
    for (int day = 0; day < days; ++day) {
      std::vector<int> minutes(30);
      for (auto& one : minutes) one = minute(random);
      std::sort(minutes.begin(), minutes.end());
      for (const int one : minutes) {
        last = from + day * 24h + one * 1min;
        rhythm.note(last);
        volume.note(last);
      }
    }
  }
};

TEST(Volume, ExpectsWhatUsuallyComesInTheHoursInWhichItComes) {
  Source source;
  source.publish(monday - 28 * 24h, 28);
  EXPECT_NEAR(source.volume.expected(monday, monday + 24h, source.rhythm), 30, 5);
  EXPECT_LT(source.volume.expected(monday + 21h, monday + 29h, source.rhythm), 3) << "a night";
  EXPECT_NEAR(source.volume.expected(monday + 6h, monday + 13h, source.rhythm), 14, 4);
}

TEST(Volume, ExpectsNothingWhileLittleIsKnown) {
  Source source;
  EXPECT_EQ(source.volume.expected(monday, monday + 240h, source.rhythm), 0);
  source.publish(monday - 24h, 1);
  EXPECT_EQ(source.volume.expected(monday, monday + 240h, source.rhythm), 0)
      << "one day says nothing of the next";
}

TEST(Volume, AnOrdinaryGapIsNoSilenceAndALostDayIsOne) {
  Source source;
  source.publish(monday - 28 * 24h, 28);
  // Until the next morning's first articles nobody is missed.
  EXPECT_LT(source.volume.expected(source.last, monday + 8h, source.rhythm), expected_in_silence);
  EXPECT_GT(source.volume.expected(source.last, monday + 18h, source.rhythm), expected_in_silence);
}

constexpr Filled whole = {true, true, true, true, true};
constexpr Filled anonymous = {true, false, true, true, true};

TEST(FillRatio, NoticesAFieldThatAllPagesLose) {
  FillRatio ratio;
  for (int i = 0; i < 300; ++i) ratio.note({whole, whole}, monday);
  EXPECT_TRUE(ratio.drifted().empty());
  int pages = 0;
  while (ratio.drifted().empty()) {
    ratio.note({anonymous, whole}, monday + 1h);
    ASSERT_LT(++pages, 30);
  }
  EXPECT_EQ(ratio.drifted(), std::vector<Field>{Field::author});
  EXPECT_GE(pages, 10) << "a few anonymous articles are no redesign";
  EXPECT_EQ(ratio.last_filled(Field::author), monday);
  EXPECT_EQ(ratio.last_filled(Field::date), monday + 1h);
  for (int i = 0; i < 30; ++i) ratio.note({whole, whole}, monday + 2h);
  EXPECT_TRUE(ratio.drifted().empty()) << "it is over";
}

TEST(FillRatio, AFieldThatIsOftenMissingIsNotMissed) {
  FillRatio ratio;
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    ratio.note({random() % 2 == 0 ? whole : anonymous, whole}, monday);
    ASSERT_TRUE(ratio.drifted().empty()) << i;
  }
}

TEST(FillRatio, AnArticleThatNeverHadAnAuthorHasNotLostHim) {
  FillRatio ratio;
  for (int i = 0; i < 300; ++i) ratio.note({whole, whole}, monday);
  for (int i = 0; i < 100; ++i) ratio.note({anonymous, anonymous}, monday);
  EXPECT_TRUE(ratio.drifted().empty());
}

TEST(FillRatio, ADriftOfAnEarlierRunLastsUntilTheFieldIsBack) {
  FillRatio ratio;
  ratio.restore_drift({Field::author});
  for (int i = 0; i < 200; ++i) ratio.note({anonymous, whole}, monday);
  EXPECT_EQ(ratio.drifted(), std::vector<Field>{Field::author});
  for (int i = 0; i < 30; ++i) ratio.note({whole, whole}, monday);
  EXPECT_TRUE(ratio.drifted().empty());
}

TEST(FillRatio, KnowsNothingOfAFewPages) {
  FillRatio ratio;
  for (int i = 0; i < 30; ++i) ratio.note({whole, whole}, monday);
  for (int i = 0; i < 19; ++i) ratio.note({anonymous, whole}, monday);
  EXPECT_TRUE(ratio.drifted().empty());
}

}  // namespace
}  // namespace tinwatch::monitor
