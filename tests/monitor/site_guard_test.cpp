#include "monitor/site_guard.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 1000h;

TEST(SiteGuard, OneArticleAloneIsNoStateOfItsSite) {
  SiteGuard guard;
  for (int i = 0; i < 10; ++i) guard.note("bao", ArticleRow(1), Sign::absent, 0, now);
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(1), Sign::absent, now));
  guard.note("bao", ArticleRow(2), Sign::absent, 0, now);
  guard.note("bao", ArticleRow(3), Sign::absent, 0, now);
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(1), Sign::absent, now)) << "two others";
  guard.note("bao", ArticleRow(4), Sign::absent, 0, now);
  EXPECT_TRUE(guard.is_of_site("bao", ArticleRow(1), Sign::absent, now)) << "three";
  EXPECT_TRUE(guard.is_of_site("bao", ArticleRow(9), Sign::absent, now)) << "a new one too";
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(1), Sign::replaced, now));
  EXPECT_FALSE(guard.is_of_site("khac", ArticleRow(1), Sign::absent, now)) << "another source";
}

TEST(SiteGuard, WhileMostOthersAreWellItIsTheArticles) {
  SiteGuard guard;
  for (int i = 0; i < 4; ++i) guard.note("bao", ArticleRow(i), Sign::absent, 0, now);
  for (int i = 10; i < 14; ++i) guard.note("bao", ArticleRow(i), Sign::well, 0, now);
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now)) << "3 of 7 others";
  guard.note("bao", ArticleRow(10), Sign::absent, 0, now);
  EXPECT_TRUE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now)) << "its last look counts";
}

TEST(SiteGuard, HowASiteWasBeforeSaysNothingOfItNow) {
  SiteGuard guard;
  for (int i = 10; i < 30; ++i) guard.note("bao", ArticleRow(i), Sign::well, 0, now - 20min);
  for (int i = 1; i < 4; ++i) guard.note("bao", ArticleRow(i), Sign::absent, 0, now);
  EXPECT_TRUE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now));
  EXPECT_EQ(guard.state_of("bao", now), std::nullopt) << "nothing is told of the site that soon";
  // What is looked at again is absent for as long as it was.
  for (int i = 10; i < 14; ++i) guard.note("bao", ArticleRow(i), Sign::well, 0, now + 5min);
  for (int i = 1; i < 4; ++i) guard.note("bao", ArticleRow(i), Sign::absent, 0, now + 10min);
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now + 10min)) << "3 of 7";
}

TEST(SiteGuard, AnotherArticleThatIsThereIsAWitness) {
  SiteGuard guard;
  const auto lacks = [&](Duration later) {
    return guard.lacks_witness("bao", ArticleRow(1), now, now + later);
  };
  guard.note("bao", ArticleRow(1), Sign::well, 0, now - 10min);
  EXPECT_FALSE(lacks(5min)) << "there is no other";
  guard.note("bao", ArticleRow(2), Sign::well, 0, now - 10min);
  EXPECT_TRUE(lacks(5min)) << "it was there before that";
  guard.note("bao", ArticleRow(2), Sign::absent, 0, now + 1min);
  EXPECT_TRUE(lacks(5min));
  guard.note("bao", ArticleRow(3), Sign::well, 0, now + 2min);
  EXPECT_FALSE(lacks(5min));
}

TEST(SiteGuard, ForgetsAfterAnHour) {
  SiteGuard guard;
  for (int i = 0; i < 5; ++i) guard.note("bao", ArticleRow(i), Sign::absent, 0, now);
  EXPECT_TRUE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now + 59min));
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now + 1h));
  EXPECT_FALSE(guard.is_of_site("bao", ArticleRow(0), Sign::absent, now - 24h))
      << "looks of a clock that was wrong";
}

TEST(SiteGuard, OneTextInThePlaceOfTwoArticlesIsTheSites) {
  SiteGuard guard;
  guard.note("bao", ArticleRow(1), Sign::replaced, 77, now);
  EXPECT_FALSE(guard.replaces_others("bao", ArticleRow(1), 77, now));
  EXPECT_TRUE(guard.replaces_others("bao", ArticleRow(2), 77, now));
  EXPECT_FALSE(guard.replaces_others("bao", ArticleRow(2), 78, now));
  guard.note("bao", ArticleRow(1), Sign::well, 77, now);
  EXPECT_FALSE(guard.replaces_others("bao", ArticleRow(2), 77, now)) << "it is back";
}

TEST(SiteGuard, RemembersFiftyLooksOfASource) {
  SiteGuard guard;
  for (int i = 0; i < 10'000; ++i) guard.note("bao", ArticleRow(i), Sign::absent, 0, now);
  EXPECT_EQ(guard.size(), 50U);
}

}  // namespace
}  // namespace tinwatch::monitor
