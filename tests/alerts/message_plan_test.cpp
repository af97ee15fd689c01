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
  /// The rows of the next message; empty: there is none now.
  Rows next(Instant at = noon) const {
    const auto messages = plan(at).messages;
    return messages.empty() ? Rows{} : messages.front().deliveries;
  }

  struct ToldAll {
    std::set<std::int64_t> rows;
    std::size_t messages = 0;
    std::size_t summaries = 0;
    std::size_t looks = 0;
    Instant end{};
  };
  /// Writes message after message until nothing waits.
  ToldAll tell_all(Instant at) {
    ToldAll out;
    while (!desk.waiting.empty()) {
      const auto now = plan(at);
      ++out.looks;
      for (const auto& message : now.messages) {
        ++out.messages;
        if (message.is_summary) ++out.summaries;
        out.rows.insert(message.deliveries.begin(), message.deliveries.end());
        desk.written_at.push_back(at);
      }
      if (now.messages.empty() && !now.again) break;  // and the test fails
      if (now.messages.empty()) at = *now.again;
      std::erase_if(desk.waiting,
                    [&](const WaitingDelivery& row) { return out.rows.contains(row.row); });
    }
    out.end = at;
    return out;
  }

  Desk desk;
  MessagePolicy policy;
};

TEST_F(MessagePlanTest, NothingWaitsNothingIsWritten) {
  const auto empty = plan();
  EXPECT_TRUE(empty.messages.empty());
  EXPECT_FALSE(empty.again) << "until something comes";
}

TEST_F(MessagePlanTest, WhatIsNewIsTheNextMessageAtOnce) {
  news("a", noon);
  news("b", noon);
  EXPECT_EQ(next(), Rows{1});
  EXPECT_EQ(plan().messages.size(), 1U) << "one message after the other";
}

TEST_F(MessagePlanTest, AnEditSettlesAndSeveralBecomeOne) {
  edit("a", noon, "1", "2");
  EXPECT_TRUE(next(noon).empty());
  EXPECT_EQ(plan(noon).again, noon + 2min);
  edit("a", noon + 90s, "2", "3");
  EXPECT_TRUE(next(noon + 2min).empty()) << "it was edited again meanwhile";
  EXPECT_EQ(next(noon + 3min + 30s), (Rows{1, 2}));
}

TEST_F(MessagePlanTest, EditsWithoutEndWaitTenMinutesAndNoLonger) {
  for (int i = 0; i < 10; ++i) edit("a", noon + i * 1min, std::to_string(i), std::to_string(i + 1));
  EXPECT_TRUE(next(noon + 10min - 1ms).empty());
  EXPECT_EQ(next(noon + 10min).size(), 10U);
}

TEST_F(MessagePlanTest, WhatCameAndWentIsNotToldUnlessAWatchHit) {
  edit("a", noon, "1", "2");
  edit("a", noon + 1min, "2", "1");
  const auto settled = plan(noon + 5min);
  EXPECT_TRUE(settled.messages.empty());
  EXPECT_EQ(settled.settled, (Rows{1, 2}));
  hit("a", "border", noon, Severity::normal);
  EXPECT_EQ(next(noon + 5min), (Rows{1, 2, 3}));
}

TEST_F(MessagePlanTest, AHitThatAppearsOrATakedownTakesTheEditsBeforeItAlong) {
  edit("a", noon, "1", "2");
  hit("a", "border", noon);
  EXPECT_EQ(next(noon), (Rows{1, 2})) << "in order, and at once";
}

TEST_F(MessagePlanTest, OfOneArticleFiveWatchesAndARouteAreOneMessage) {
  news("a", noon);
  for (const auto* watch : {"v", "w", "x", "y", "z"}) hit("a", watch, noon);
  EXPECT_EQ(next(), (Rows{1, 2, 3, 4, 5, 6}));
}

TEST_F(MessagePlanTest, AnArticleWhoseMessageIsOnItsWayWaitsForIt) {
  news("a", noon);
  news("b", noon);
  desk.busy_articles = {"a"};
  EXPECT_EQ(next(), Rows{2});
}

TEST_F(MessagePlanTest, QuietHoursDeferAllButWhatIsLoud) {
  policy.quiet = {{.minutes = {{11 * 60, 13 * 60}}}};
  news("a", noon);
  news("b", noon + 1min);
  EXPECT_TRUE(next(noon + 5min).empty());
  hit("c", "border", noon + 2min, Severity::critical);
  EXPECT_EQ(next(noon + 5min), Rows{3}) << "critical passes";
  desk.waiting.pop_back();
  news("d", noon + 1h);
  EXPECT_EQ(next(noon + 1h), (Rows{1, 2})) << "what was deferred is one digest";
}

TEST_F(MessagePlanTest, QuietHoursAreThoseOfTheZone) {
  policy.quiet = {{.minutes = {{11 * 60, 13 * 60}}}};
  policy.zone = TimeZone::fixed(7h);
  news("a", noon);
  EXPECT_EQ(next(noon), Rows{1}) << "it is seven in the evening there";
  EXPECT_TRUE(next(noon - 7h).empty());
}

TEST_F(MessagePlanTest, ADigestWaitsForItsTimeAndHoldsAll) {
  policy.digest = 7 * 60min;
  news("a", noon);
  news("b", noon + 3h);
  EXPECT_TRUE(next(noon + 4h).empty());
  EXPECT_EQ(plan(noon + 4h).again, noon + 19h);
  const auto digest = plan(noon + 19h);
  ASSERT_EQ(digest.messages.size(), 1U);
  EXPECT_EQ(digest.messages[0].deliveries, (Rows{1, 2}));
  EXPECT_EQ(digest.messages[0].group_key, "digest");
  hit("c", "border", noon + 4h, Severity::critical);
  EXPECT_EQ(next(noon + 4h), Rows{3}) << "critical waits for no digest";
}

TEST_F(MessagePlanTest, AGroupWaitsForItsOwnAndForItsLastMessage) {
  policy.group_by = {GroupBy::source};
  policy.group_wait = 30s;
  policy.group_interval = 5min;
  news("a", noon);
  news("b", noon + 10s);
  EXPECT_TRUE(next(noon + 20s).empty());
  EXPECT_EQ(next(noon + 30s), (Rows{1, 2}));
  desk.groups = {{plan(noon + 30s).messages.at(0).group_key, noon + 30s}};
  desk.waiting.clear();
  news("c", noon + 1min);
  EXPECT_TRUE(next(noon + 2min).empty());
  EXPECT_EQ(next(noon + 5min + 30s), Rows{1});
}

TEST_F(MessagePlanTest, AFloodIsToldOneByOneAndThenCounted) {
  for (int i = 0; i < 1000; ++i) hit("a" + std::to_string(i), "border", noon);
  const auto told = tell_all(noon);
  EXPECT_EQ(told.messages, 21U);
  EXPECT_EQ(told.summaries, 1U);
  EXPECT_EQ(told.rows.size(), 1000U) << "none is missing";
  EXPECT_LE(told.end, noon + 61s);
}

TEST_F(MessagePlanTest, AFloodWithoutAPaceIsNotReadAgainForEachMessage) {
  policy.pace = 0;
  for (int i = 0; i < 1000; ++i) hit("a" + std::to_string(i), "border", noon);
  const auto told = tell_all(noon);
  EXPECT_EQ(told.messages, 1000U);
  EXPECT_EQ(told.summaries, 0U);
  EXPECT_EQ(told.rows.size(), 1000U);
  EXPECT_LE(told.looks, 1000U / 50 + 100) << "the last hundred one by one";
}

TEST_F(MessagePlanTest, APaceOfNothingIsNoPace) {
  policy.pace = 0;
  news("a", noon);
  desk.written_at.assign(100, noon);
  EXPECT_EQ(next(), Rows{1});
}

TEST_F(MessagePlanTest, WhatAClockThatWasAheadWroteDoesNotWaitForIt) {
  edit("a", noon + 24h, "1", "2");
  EXPECT_EQ(plan(noon).again, noon + 2min);
}

}  // namespace
}  // namespace tinwatch::alerts
