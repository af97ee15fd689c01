#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Which addresses are found, asked, and reported as news.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;
using Events = std::vector<std::string>;

TEST(Discovery, EndlessAddressesOfTheSameArticlesAreFollowedForAWhileOnly) {
  World world;
  world.newsroom().set_malice({.sessions = true});
  world.recheck = 24h;
  auto profile = World::newsroom_profile();
  profile.article = {R"(/.+?--?\d{1,10}-00(?P<id>\d+)s\d{3}10gs(?:\?.*)?)"};
  world.start(profile);
  world.pass(72h);
  const auto& log = world.newsroom().log();
  const auto followed = std::count_if(log.begin(), log.end(), [](const auto& entry) {
    return entry.path.find("phien=") != std::string::npos;
  });
  EXPECT_GE(followed, 10) << "until it is clear that the parameter says nothing";
  EXPECT_LE(followed, 100);
  EXPECT_EQ(world.live_events(), Events{});
  const auto last = world.last_event();
  world.step();
  world.pass(25h);  // with fifty new addresses a day news are still found
  EXPECT_EQ(world.live_events(last).size(), 1U);
}

// More was published during an outage than the home page names, and there is no other list.
TEST(Discovery, FillsTheGapAfterAnOutage) {
  World world;
  world.recheck = 24h;
  for (const auto* other : {"/rss/", "/sitemap", "NewsCategory"})
    world.newsroom().misbehave({.part = other, .how = "status", .value = "404", .times = 10'000});
  world.start();
  world.pass(2h);
  world.stop();
  std::size_t published = 0;
  while (published < 75) published += world.step().type == "published" ? 1 : 0;
  const auto before = world.last_event();
  world.start();
  world.pass(2h);
  const auto events = world.live_events(before);
  EXPECT_EQ(std::count_if(events.begin(), events.end(),
                          [](const auto& event) { return event.starts_with("article.published"); }),
            published);
  const auto further = [&] {
    const auto& log = world.newsroom().log();
    return std::count_if(log.begin(), log.end(), [](const auto& entry) {
      return entry.path.find("trang=") != std::string::npos;
    });
  };
  EXPECT_EQ(further(), 2) << "up to the page that names what is known";
  world.step();
  world.pass(48h);
  EXPECT_EQ(further(), 2) << "they are no lists to be polled";
}

// A feed and a sitemap may name anybody: nobody is visited in the source's name but itself.
TEST(Discovery, LeadsToNobodyElse) {
  for (const bool is_own : {false, true}) {
    World world;
    world.recheck = 24h;
    const auto stranger = "localhost:" + std::to_string(world.newsroom().port());
    world.newsroom().set_malice({.names = "http://" + stranger});
    if (is_own) world.hosts = {stranger};
    world.start();
    world.pass(2h);
    const auto& log = world.newsroom().log();
    const auto hosts = std::count_if(log.begin(), log.end(),
                                     [](const auto& entry) { return entry.path == "/robots.txt"; });
    EXPECT_EQ(hosts, is_own ? 2 : 1) << "each host's robots.txt is read before anything else of it";
  }
}

// Nobody could know it earlier.
TEST(Discovery, WhatCameOutSinceItsListWasReadIsNewsHoweverOldItIs) {
  World world;
  world.recheck = 24h;
  world.poll = {72h, 72h};  // the lists are read so rarely that news are old when they are found
  world.start();
  world.pass(5min);
  world.step();
  world.pass(100h);
  EXPECT_EQ(world.live_events(), Events{"article.published 60009"});
  EXPECT_EQ(world.metric("tinwatch_articles_parsed_total{source=\"newsroom\"}"), 9);
}

// A home page, categories, a feed, a sitemap and eight articles on a small budget: the newsroom's
// own log says that it is kept, and news are found all the same.
TEST(Discovery, AdaptsToABudgetOfRequests) {
  World world;
  world.poll = {};
  world.recheck.reset();
  world.requests_an_hour = 30;
  world.start();
  world.pass(36h);  // prices settle
  const auto before = world.newsroom().log().size();
  world.pass(24h);
  const auto asked = world.newsroom().log().size() - before;
  EXPECT_LE(asked, 24 * 30 * 1.05);
  EXPECT_GE(asked, 24 * 10) << "the third for lists is used";
  const auto last = world.last_event();
  world.step();
  world.pass(30min);
  EXPECT_EQ(world.live_events(last).size(), 1U);
}

}  // namespace
}  // namespace tinwatch::test
