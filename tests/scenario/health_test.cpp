#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

// A source that is not well is told of once, and once more when it is over.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;
using Events = std::vector<std::string>;

/// Events of the source itself.
Events of_source(const World& world, std::int64_t after = 0) {
  Events out;
  for (const auto& event : world.live_events(after))
    if (event.starts_with("source.")) out.push_back(event);
  return out;
}

/// A news site's days: eight pieces each between six and twenty-two o'clock.
void publish_days(World& world, int days) {
  for (int day = 0; day < days; ++day) {
    world.pass(6h);
    for (int i = 0; i < 8; ++i) {
      while (world.step().type != "published") {
      }
      world.pass(2h);
    }
    world.pass(2h);
  }
}

/// The daemon begins, and sees so many of them.
void watch_days(World& world, int days) {
  world.recheck = 48h;
  world.start();
  world.pass(1h);
  publish_days(world, days);
}

TEST(Health, ASourceThatFallsSilentIsToldOfOnceOverARestart) {
  World world;
  watch_days(world, 7);
  EXPECT_EQ(of_source(world), Events{}) << "nights are no silence";
  world.pass(24h);
  EXPECT_EQ(of_source(world), Events{}) << "one quiet day is not enough for eight pieces a day";
  world.pass(36h);
  EXPECT_EQ(of_source(world), Events{"source.silent newsroom"});
  world.stop();
  world.start();
  world.pass(24h);
  EXPECT_EQ(of_source(world), Events{"source.silent newsroom"});
  publish_days(world, 1);
  EXPECT_EQ(of_source(world), (Events{"source.silent newsroom", "source.recovered newsroom"}));
}

// Clocks go forward on March 29 and back on October 25, 2026, at one o'clock UTC.
TEST(Health, NeitherDayOfSummerTimeIsAnEvent) {
  for (const auto& day : {*civil(2026, 3, 29, 1, 0, 0), *civil(2026, 10, 25, 1, 0, 0)}) {
    World world(day - 7 * 24h - 3h);
    world.zone = TimeZone::find("Europe/Berlin").value();
    watch_days(world, 9);
    EXPECT_EQ(of_source(world), Events{});
    Events published;
    for (const auto& event : world.live_events())
      if (event.starts_with("article.published")) published.push_back(event);
    EXPECT_EQ(published.size(), 9U * 8U);
    std::sort(published.begin(), published.end());
    EXPECT_EQ(std::adjacent_find(published.begin(), published.end()), published.end())
        << "nothing twice";
  }
}

TEST(Health, AClockThatIsSetForwardMakesNobodySilentAndNothingRemoved) {
  World world;
  watch_days(world, 7);
  world.newsroom().set_gone(60002, 404);
  world.pass(50h);
  const auto before = world.last_event();
  EXPECT_EQ(of_source(world), Events{"source.silent newsroom"});
  publish_days(world, 1);
  const auto since = world.last_event();
  world.newsroom().set_gone(60004, 404);
  world.pass(2h);
  world.set_clock(30h);
  world.pass(20min);
  for (const auto& event : world.live_events(since)) {
    EXPECT_FALSE(event.starts_with("source.silent")) << "nobody waited for thirty hours";
    EXPECT_NE(event, "article.removed 60004");
  }
  EXPECT_GT(since, before);
  world.set_clock(-30h);
  world.pass(96h);
  const auto events = world.live_events(since);
  EXPECT_EQ(std::count(events.begin(), events.end(), "article.removed 60004"), 1);
}

TEST(Health, ASourceThatCannotBeReachedIsNotSilent) {
  World world;
  watch_days(world, 7);
  world.newsroom().set_malice({.down = true});
  world.pass(72h);
  EXPECT_EQ(of_source(world), Events{"source.unreachable newsroom"});
  world.newsroom().set_malice({});
  world.pass(26h);
  const auto events = of_source(world);
  ASSERT_GE(events.size(), 2U);
  EXPECT_EQ(events[1], "source.recovered newsroom");
}

TEST(Health, ARedesignThatForgetsAuthorsIsOneEventAndNoRevision) {
  World world;
  world.newsroom().set_validators(false);
  world.recheck = 20min;
  world.start();
  world.pass(12h);  // most polls do not read a page: fifty that did make a habit
  const auto before = world.last_event();
  world.newsroom().set_malice({.no_authors = true});
  world.pass(20h);
  EXPECT_EQ(world.live_events(before), Events{"source.drifted newsroom"});
  // An edit of the text meanwhile is in doubt as well; the site is put right, and it is told.
  world.newsroom().edit(60001, 5);
  world.pass(1h);
  world.newsroom().set_malice({});
  world.pass(12h);
  auto events = world.live_events(before);
  std::sort(events.begin(), events.end());
  EXPECT_EQ(events, (Events{"article.revised 60001", "source.drifted newsroom",
                            "source.recovered newsroom"}));
}

TEST(Health, AFeedThatNoLongerNamesTheNewsIsToldOfOnceOverARestart) {
  World world;
  watch_days(world, 8);
  EXPECT_EQ(of_source(world), Events{});
  // Other lists still name everything: nothing is missed meanwhile.
  world.newsroom().misbehave({"/rss/", "status", "404", 100000});
  publish_days(world, 3);
  EXPECT_EQ(of_source(world), Events{"source.drifted newsroom"});
  world.stop();
  world.start();
  publish_days(world, 1);
  EXPECT_EQ(of_source(world), Events{"source.drifted newsroom"});
  world.newsroom().behave();
  publish_days(world, 3);
  EXPECT_EQ(of_source(world), (Events{"source.drifted newsroom", "source.recovered newsroom"}));
}

TEST(Health, AnAuthorWhoIsTakenOutOfOneArticleIsReported) {
  World world;
  world.newsroom().set_validators(false);
  world.recheck = 20min;
  world.start();
  world.pass(5h);
  world.newsroom().misbehave({"-0060001s", "anonymous", "", 100000});
  world.pass(3h);
  EXPECT_EQ(world.live_events(), Events{"article.revised 60001"});
}

}  // namespace
}  // namespace tinwatch::test
