#include "monitor/list_coverage.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;
using Lists = std::vector<std::string>;

const Instant begin = Instant{} + 1000h;

/// A home page and a feed that are read every hour; an article an hour, named for ten.
struct Site {
  ListCoverage lists;
  Instant now = begin;
  int published = 0;
  bool feed_is_stuck = false;
  bool feed_is_asked = true;

  void pass(int hours) {
    for (int hour = 0; hour < hours; ++hour) {
      now += 1h;
      ++published;
      std::vector<std::string> named;
      for (int i = std::max(0, published - 9); i <= published; ++i)
        named.push_back("http://a.test/" + std::to_string(i));
      lists.note_visit("home", true, now);
      lists.note_names("home", named, now);
      lists.note_article(named.back(), now);
      if (feed_is_asked) lists.note_visit("feed", true, now);
      if (feed_is_asked && !feed_is_stuck) lists.note_names("feed", named, now);
    }
  }
};

TEST(ListCoverage, NoticesAListThatNoLongerNamesWhatTheOthersDo) {
  Site site;
  site.pass(200);
  EXPECT_EQ(site.lists.broken(site.now), Lists{});
  site.feed_is_stuck = true;
  site.pass(20);
  EXPECT_EQ(site.lists.broken(site.now), Lists{}) << "it has twelve hours for each";
  site.pass(10);
  EXPECT_EQ(site.lists.broken(site.now), Lists{"feed"});
  site.feed_is_stuck = false;
  site.pass(40);
  EXPECT_EQ(site.lists.broken(site.now), Lists{});
}

TEST(ListCoverage, NoticesAListThatFailsAndIsAskedButDaily) {
  Site site;
  site.pass(200);
  site.feed_is_asked = false;
  for (int day = 0; day < 3; ++day) {
    site.lists.note_visit("feed", false, site.now);
    site.pass(23);
  }
  EXPECT_EQ(site.lists.broken(site.now), Lists{"feed"});
}

TEST(ListCoverage, AListThatWaitsAfterAFailureIsNoticedAsSoonAsOneThatIsStuck) {
  Site site;
  site.pass(200);
  site.feed_is_asked = false;
  site.lists.note_visit("feed", false, site.now);
  int hours = 0;
  for (; hours < 100 && site.lists.broken(site.now).empty(); ++hours) site.pass(1);
  EXPECT_LT(hours, 30) << "some fifteen articles, each looked at after twelve hours";
}

TEST(ListCoverage, AFeedThatRolledOverBetweenTwoReadsIsNotBlamed) {
  Site site;
  site.pass(200);
  site.feed_is_asked = false;
  for (int day = 0; day < 5; ++day) {
    site.pass(20);
    site.feed_is_asked = true;
    site.pass(1);
    site.feed_is_asked = false;
  }
  EXPECT_EQ(site.lists.broken(site.now), Lists{});
}

TEST(ListCoverage, SaysNothingOfAListThatIsNotAskedOrNeverNamedMuch) {
  Site site;
  site.pass(100);
  site.feed_is_asked = false;
  site.lists.note_visit("category", true, site.now);
  site.pass(100);
  site.lists.note_visit("category", true, site.now);
  EXPECT_EQ(site.lists.broken(site.now), Lists{});
}

TEST(ListCoverage, KnowsWhatAnEarlierRunFound) {
  Site site;
  site.lists.restore_broken({"feed"}, site.now);
  EXPECT_EQ(site.lists.broken(site.now), Lists{"feed"});
  site.pass(60);
  EXPECT_EQ(site.lists.broken(site.now), Lists{});
  site.lists.restore_broken({"gone"}, site.now);
  site.pass(24 * 8);
  EXPECT_EQ(site.lists.broken(site.now), Lists{}) << "nobody asks it any more";
}

}  // namespace
}  // namespace tinwatch::monitor
