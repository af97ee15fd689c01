#include "alerts/message_plan.hpp"

#include <gtest/gtest.h>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;
using storage::Desk;
using storage::WaitingDelivery;
using Rows = std::vector<std::int64_t>;

const Instant noon = Instant{} + 1000 * 24h + 12h;  // a Thursday, 1972-09-28

class MessagePlanTest : public testing::Test {
 protected:
  /// An edit of an article, from a state to another.
  WaitingDelivery& edit(const std::string& article, Instant at, const std::string& before,
                        const std::string& after) {
    return add({.type = EventType::article_revised,
                .source = "bao",
                .article = article,
                .revision = 2,
                .at = at,
                .state_before = before,
                .state_after = after});
  }
  WaitingDelivery& news(const std::string& article, Instant at,
                        Severity severity = Severity::normal) {
    return add({.type = EventType::article_published,
                .source = "bao",
                .article = article,
                .revision = 1,
                .severity = severity,
                .at = at});
  }
  WaitingDelivery& hit(const std::string& article, const std::string& watch, Instant at,
                       Severity severity = Severity::high) {
    return add({.type = EventType::watch_hit,
                .source = "bao",
                .article = article,
                .revision = 1,
                .watch = watch,
                .severity = severity,
                .at = at});
  }
  WaitingDelivery& add(WaitingDelivery row) {
    row.row = static_cast<std::int64_t>(desk.waiting.size()) + 1;
    return desk.waiting.emplace_back(std::move(row));
  }
  MessagePlan plan(Instant at = noon) const { return plan_message(desk, policy, at); }

  Desk desk;
  MessagePolicy policy;
};

TEST_F(MessagePlanTest, NothingWaitsNothingIsWritten) {
  const auto empty = plan();
  EXPECT_TRUE(empty.deliveries.empty());
  EXPECT_FALSE(empty.again) << "until something comes";
}

TEST_F(MessagePlanTest, WhatIsNewIsTheNextMessageAtOnce) {
  news("a", noon);
  news("b", noon);
  EXPECT_EQ(plan().deliveries, Rows{1}) << "one message after the other";
}

TEST_F(MessagePlanTest, AnEditSettlesAndSeveralBecomeOne) {
  edit("a", noon, "1", "2");
  EXPECT_TRUE(plan(noon).deliveries.empty());
  EXPECT_EQ(plan(noon).again, noon + 2min);
  edit("a", noon + 90s, "2", "3");
  EXPECT_TRUE(plan(noon + 2min).deliveries.empty()) << "it was edited again meanwhile";
  EXPECT_EQ(plan(noon + 3min + 30s).deliveries, (Rows{1, 2}));
}

TEST_F(MessagePlanTest, EditsWithoutEndWaitTenMinutesAndNoLonger) {
  for (int i = 0; i < 10; ++i) edit("a", noon + i * 1min, std::to_string(i), std::to_string(i + 1));
  EXPECT_TRUE(plan(noon + 10min - 1ms).deliveries.empty());
  EXPECT_EQ(plan(noon + 10min).deliveries.size(), 10U);
}

TEST_F(MessagePlanTest, WhatCameAndWentIsNotToldUnlessAWatchHit) {
  edit("a", noon, "1", "2");
  edit("a", noon + 1min, "2", "1");
  const auto settled = plan(noon + 5min);
  EXPECT_TRUE(settled.deliveries.empty());
  EXPECT_EQ(settled.settled, (Rows{1, 2}));
  hit("a", "border", noon, Severity::normal);
  EXPECT_EQ(plan(noon + 5min).deliveries, (Rows{1, 2, 3}));
}

TEST_F(MessagePlanTest, AHitThatAppearsOrATakedownTakesTheEditsBeforeItAlong) {
  edit("a", noon, "1", "2");
  hit("a", "border", noon);
  EXPECT_EQ(plan(noon).deliveries, (Rows{1, 2})) << "in order, and at once";
}

TEST_F(MessagePlanTest, OfOneArticleFiveWatchesAndARouteAreOneMessage) {
  news("a", noon);
  for (const auto* watch : {"v", "w", "x", "y", "z"}) hit("a", watch, noon);
  EXPECT_EQ(plan().deliveries, (Rows{1, 2, 3, 4, 5, 6}));
}

TEST_F(MessagePlanTest, AnArticleWhoseMessageIsOnItsWayWaitsForIt) {
  news("a", noon);
  news("b", noon);
  desk.busy_articles = {"a"};
  EXPECT_EQ(plan().deliveries, Rows{2});
}

TEST_F(MessagePlanTest, QuietHoursDeferAllButWhatIsLoud) {
  policy.quiet = {{.minutes = {{11 * 60, 13 * 60}}}};
  news("a", noon);
  news("b", noon + 1min);
  EXPECT_TRUE(plan(noon + 5min).deliveries.empty());
  hit("c", "border", noon + 2min, Severity::critical);
  EXPECT_EQ(plan(noon + 5min).deliveries, Rows{3}) << "critical passes";
  desk.waiting.pop_back();
  news("d", noon + 1h);
  EXPECT_EQ(plan(noon + 1h).deliveries, (Rows{1, 2})) << "what was deferred is one digest";
}

TEST_F(MessagePlanTest, QuietHoursAreThoseOfTheZone) {
  policy.quiet = {{.minutes = {{11 * 60, 13 * 60}}}};
  policy.zone = TimeZone::fixed(7h);
  news("a", noon);
  EXPECT_EQ(plan(noon).deliveries, Rows{1}) << "it is seven in the evening there";
  EXPECT_TRUE(plan(noon - 7h).deliveries.empty());
}

TEST_F(MessagePlanTest, ADigestWaitsForItsTimeAndHoldsAll) {
  policy.digest = 7 * 60min;
  news("a", noon);
  news("b", noon + 3h);
  EXPECT_TRUE(plan(noon + 4h).deliveries.empty());
  EXPECT_EQ(plan(noon + 4h).again, noon + 19h);
  const auto digest = plan(noon + 19h);
  EXPECT_EQ(digest.deliveries, (Rows{1, 2}));
  EXPECT_EQ(digest.group_key, "digest");
  hit("c", "border", noon + 4h, Severity::critical);
  EXPECT_EQ(plan(noon + 4h).deliveries, Rows{3}) << "critical waits for no digest";
}

TEST_F(MessagePlanTest, AGroupWaitsForItsOwnAndForItsLastMessage) {
  policy.group_by = {GroupBy::source};
  policy.group_wait = 30s;
  policy.group_interval = 5min;
  news("a", noon);
  news("b", noon + 10s);
  EXPECT_TRUE(plan(noon + 20s).deliveries.empty());
  EXPECT_EQ(plan(noon + 30s).deliveries, (Rows{1, 2}));
  desk.groups = {{plan(noon + 30s).group_key, noon + 30s}};
  desk.waiting.clear();
  news("c", noon + 1min);
  EXPECT_TRUE(plan(noon + 2min).deliveries.empty());
  EXPECT_EQ(plan(noon + 5min + 30s).deliveries, Rows{1});
}

TEST_F(MessagePlanTest, AFloodIsToldOneByOneAndThenCounted) {
  for (int i = 0; i < 1000; ++i) hit("a" + std::to_string(i), "border", noon);
  std::size_t messages = 0;
  Rows told;
  auto at = noon;
  while (!desk.waiting.empty()) {
    const auto next = plan(at);
    if (next.deliveries.empty()) {
      ASSERT_TRUE(next.again);
      at = *next.again;
      continue;
    }
    ++messages;
    EXPECT_EQ(next.is_summary, messages == 21);
    told.insert(told.end(), next.deliveries.begin(), next.deliveries.end());
    std::erase_if(desk.waiting, [&](const WaitingDelivery& row) {
      return std::find(next.deliveries.begin(), next.deliveries.end(), row.row) !=
             next.deliveries.end();
    });
    desk.written_at.push_back(at);
  }
  EXPECT_EQ(messages, 21U);
  EXPECT_EQ(told.size(), 1000U) << "none is missing";
  EXPECT_LE(at, noon + 61s);
}

TEST_F(MessagePlanTest, APaceOfNothingIsNoPace) {
  policy.pace = 0;
  news("a", noon);
  desk.written_at.assign(100, noon);
  EXPECT_EQ(plan().deliveries, Rows{1});
}

TEST_F(MessagePlanTest, WhatAClockThatWasAheadWroteDoesNotWaitForIt) {
  edit("a", noon + 24h, "1", "2");
  EXPECT_EQ(plan(noon).again, noon + 2min);
}

}  // namespace
}  // namespace tinwatch::alerts
