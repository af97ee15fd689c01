#include "monitor/detours.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant now{1'772'600'000s};

TEST(Detours, AnAddressThatKeepsSomethingOfTheOneAskedForIsNone) {
  const auto is = [](const std::string& asked, const std::string& answered) {
    return is_detour("https://bao.test" + asked, "https://bao.test" + answered);
  };
  EXPECT_TRUE(is("/tin/cau-moi-48213.html", "/bao-tri.html"));
  EXPECT_TRUE(is("/tin/cau-moi-48213.html", "/"));
  EXPECT_TRUE(is("/2026/cau-moi", "/closed?from=2025")) << "another number";
  EXPECT_TRUE(is("/a-new-bridge-for-all", "/sorry-for-this")) << "small words say nothing";
  EXPECT_FALSE(is("/p/48213", "/tin/cau-moi-48213.html"));
  EXPECT_FALSE(is("/?p=48213", "/tin/48213/"));
  EXPECT_FALSE(is("/tin/cau-moi.html", "/2026/cau-moi/"));
  EXPECT_FALSE(is("/news/harbour-bridge-opens", "/local/harbour-bridge-opens-today"));
  EXPECT_FALSE(is("/%C4%91%E1%BB%9Di-s%E1%BB%91ng", "/x/%C4%91%E1%BB%9Di-s%E1%BB%91ng"));
  EXPECT_FALSE(is_detour("http://bao.test/closed", "https://www.bao.test/closed/"));
  EXPECT_TRUE(is_detour("http://bao.test/", "https://status.test/"));
}

TEST(Detours, RemembersWhenAnAddressFirstLedThere) {
  Detours detours;
  const auto since = [&](const std::string& source, const std::string& asked,
                         const std::string& target) {
    return detours.since(source, asked, target, now + 5min);
  };
  EXPECT_EQ(since("bao", "/a", "/closed"), std::nullopt);
  detours.note("bao", "/a", "/closed", false, now);
  detours.note("bao", "/a", "/closed", false, now + 5min);
  EXPECT_EQ(since("bao", "/a", "/closed"), now);
  EXPECT_EQ(since("bao", "/a", "/elsewhere"), std::nullopt);
  EXPECT_EQ(since("bao", "/b", "/closed"), std::nullopt);
  EXPECT_EQ(since("khac", "/a", "/closed"), std::nullopt);
  detours.clock_was_set(2h);
  EXPECT_EQ(since("bao", "/a", "/closed"), now + 2h);
}

TEST(Detours, WhatASiteShowedLastWeekSaysNothingOfToday) {
  Detours detours;
  for (const auto at : {0h, 5h, 10h}) detours.note("bao", "/a", "/closed", false, now + at);
  EXPECT_EQ(detours.since("bao", "/a", "/closed", now + 16h), now) << "one spell";
  EXPECT_EQ(detours.since("bao", "/a", "/closed", now + 16h + 1min), std::nullopt);
  detours.note("bao", "/a", "/closed", false, now + 7 * 24h);
  EXPECT_EQ(detours.since("bao", "/a", "/closed", now + 7 * 24h), now + 7 * 24h);
}

TEST(Detours, APageThatTwoKnownArticlesLeadToStandsInTheirPlace) {
  Detours detours;
  detours.note("bao", "/new-1", "/closed", false, now);
  detours.note("bao", "/new-2", "/closed", false, now);
  detours.note("bao", "/known-1", "/closed", true, now);
  detours.note("bao", "/known-2", "/elsewhere", true, now);
  detours.note("khac", "/known-3", "/closed", true, now);
  EXPECT_FALSE(detours.replaces_known("bao", "/closed", now)) << "one known address";
  detours.note("bao", "/known-2", "/closed", true, now);
  EXPECT_TRUE(detours.replaces_known("bao", "/closed", now + 6h));
  EXPECT_FALSE(detours.replaces_known("bao", "/closed", now + 6h + 1min));
}

TEST(Detours, RemembersSoManyOfASource) {
  Detours detours;
  for (int i = 0; i < 1000; ++i)
    detours.note("bao", "/" + std::to_string(i), "/closed", false, now);
  EXPECT_EQ(detours.size(), 50U);
  EXPECT_EQ(detours.since("bao", "/949", "/closed", now), std::nullopt);
  EXPECT_EQ(detours.since("bao", "/950", "/closed", now), now);
}

}  // namespace
}  // namespace tinwatch::monitor
