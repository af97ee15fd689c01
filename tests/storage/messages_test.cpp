#include "sqlite.hpp"
#include "storage/messages_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

using Ids = std::vector<std::string>;

TEST_F(MessagesTest, WhatWaitsIsSaidWithAllThatDecidesOfIt) {
  const auto desk = Reader(path).desk("desk", now);
  ASSERT_EQ(desk.waiting.size(), 3U);
  const auto& first = desk.waiting.front();
  EXPECT_EQ(first.type, EventType::article_published);
  EXPECT_EQ(first.source, "bao");
  EXPECT_EQ(first.article, article(1));
  EXPECT_EQ(first.revision, 1);
  EXPECT_EQ(first.at, now);
  EXPECT_EQ(first.state_before, "");
  EXPECT_EQ(first.state_after, "h");
  EXPECT_FALSE(desk.message);
}

TEST_F(MessagesTest, AMessageIsThereAsItWasWritten) {
  write("m1", {1, 2});
  EXPECT_EQ(delivery("d1"), "written");
  EXPECT_EQ(delivery("d3"), "pending");
  const auto message = Reader(path).desk("desk", now).message;
  ASSERT_TRUE(message);
  EXPECT_EQ(message->id, "m1");
  EXPECT_EQ(message->body, std::string("b\0y", 3)) << "byte for byte";
  EXPECT_EQ(message->plain, "p");
  EXPECT_FALSE(message->is_plain);
  const auto parts = Reader(path).deliveries_of_message("m1", 0, 10);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[1].id, "d2");
  EXPECT_EQ(parts[1].message, "m1");
  EXPECT_EQ(Reader(path).deliveries_of_message("m1", 1, 10).size(), 1U) << "behind a row";
}

TEST_F(MessagesTest, WhatIsToldIsRemembered) {
  write("m1", {1}, article(1));
  EXPECT_EQ(Reader(path).told_revision("desk", article(1)), 0);
  end("m1", Delivered{now + 1s});
  EXPECT_EQ(state("m1"), "delivered");
  EXPECT_EQ(delivery("d1"), "delivered");
  EXPECT_EQ(Reader(path).told_revision("desk", article(1)), 1);
  EXPECT_EQ(Reader(path).told_revision("hook", article(1)), 0);
}

TEST_F(MessagesTest, OneThatIsRefusedIsSentWithoutMarkupAndThenGivenUp) {
  write("m1", {1});
  end("m1", TryPlain{"HTTP status 400"});
  const auto again = Reader(path).desk("desk", now).message;
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_plain);
  end("m1", Dead{"HTTP status 400"});
  EXPECT_EQ(state("m1"), "dead");
  EXPECT_EQ(delivery("d1"), "dead");
  EXPECT_EQ(Reader(path).overview(now).outbox.front().dead, 1);
}

TEST_F(MessagesTest, WhatOneRecipientHasIsTold) {
  write_to_two();
  end("m1", Dead{"550"});
  EXPECT_EQ(delivery("d1"), "written") << "the other one's is on its way";
  end("m2", Delivered{now});
  EXPECT_EQ(delivery("d1"), "delivered");
}

TEST_F(MessagesTest, OneThatFailedThreeTimesStandsBehindOthersAndIsOvertakenByItsArticles) {
  sqlite::Connection(path).execute(
      "UPDATE events SET type = 'tinwatch.article.revised'; INSERT INTO told (receiver, article, "
      "revision, at) SELECT 'desk', row, 1, 0 FROM articles");
  write("m1", {1}, article(1));
  write("m2", {2}, article(2));
  const TryLater later{.error = "500", .next = now, .paused_until = now, .at = now};
  const auto next = [&] { return Reader(path).desk("desk", now).message->id; };
  EXPECT_EQ(next(), "m1");
  for (int i = 0; i < 3; ++i) end("m1", later);
  EXPECT_EQ(next(), "m2");
  end("m2", Delivered{now + 1s});
  EXPECT_EQ(next(), "m1") << "but not lost";
  write("m3", {3}, article(1));
  EXPECT_EQ(next(), "m3");
  end("m3", Delivered{now + 2s});
  EXPECT_EQ(state("m1"), "superseded") << "the later one's difference begins where its does";
  EXPECT_EQ(delivery("d1"), "superseded");
}

TEST_F(MessagesTest, OneWhoKnowsNothingOfTheArticleIsToldOfEachEdit) {
  sqlite::Connection(path).execute("UPDATE events SET type = 'tinwatch.article.revised'");
  write("m1", {1}, article(1));
  write("m3", {3}, article(1));
  end("m3", Delivered{now});
  EXPECT_EQ(state("m1"), "pending") << "the later one's difference begins behind it";
}

TEST_F(MessagesTest, WhatIsMoreThanAnEditIsOvertakenByNothing) {
  write("m1", {1}, article(1));
  write("m3", {3}, article(1));
  end("m3", Delivered{now + 1s});
  EXPECT_EQ(state("m1"), "pending") << "the later one does not say that it was published";
}

TEST_F(MessagesTest, AnArticleWithAMessageOnItsWayIsBusyUntilThatStepsAside) {
  write("m1", {1}, article(1));
  const TryLater later{.error = "500", .next = now + 1h, .paused_until = now, .at = now};
  end("m1", later);
  EXPECT_EQ(Reader(path).desk("desk", now).busy_articles, Ids{article(1)});
  EXPECT_EQ(Reader(path).desk("desk", now).next_message_at, now + 1h);
  end("m1", later);
  end("m1", later);
  EXPECT_EQ(Reader(path).desk("desk", now).busy_articles, Ids{article(1)})
      << "nothing else passed: it is the receiver that fails";
  write("m2", {2}, article(2));
  end("m2", Delivered{now + 1s});
  EXPECT_EQ(Reader(path).desk("desk", now).busy_articles, Ids{});
}

TEST_F(MessagesTest, WhatSettledIsNeitherWaitingNorDead) {
  NewMessages written;
  written.settled = {1, 2};
  test::run(io, store.write_messages(std::move(written)));
  EXPECT_EQ(waiting(), std::vector<std::int64_t>{3});
  EXPECT_EQ(delivery("d1"), "settled");
}

TEST_F(MessagesTest, WhatCannotBeReadIsADeadLetter) {
  NewMessages written;
  written.damaged = {2};
  test::run(io, store.write_messages(std::move(written)));
  EXPECT_EQ(delivery("d2"), "dead");
  EXPECT_EQ(Reader(path).delivery("d2")->last_error, "the stored event is damaged");
}

TEST_F(MessagesTest, WhenAGroupWasWrittenLastIsSaidWhereItIsAsked) {
  write("m1", {1});
  end("m1", Delivered{now + 1s});
  EXPECT_TRUE(Reader(path).desk("desk", now + 1s).groups.empty());
  const auto groups = Reader(path).desk("desk", now + 1s, true).groups;
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].first, "g");
  EXPECT_EQ(groups[0].second, now);
}

TEST_F(MessagesTest, WhatIsToldNeverGoesBack) {
  write("m1", {1}, article(1));
  sqlite::Connection(path).execute("UPDATE deliveries SET revision = 7 WHERE seq = 2");
  sqlite::Connection(path).execute(
      "UPDATE events SET article = (SELECT article FROM events WHERE seq = 1) WHERE seq = 2");
  write("m2", {2}, article(1));
  end("m2", Delivered{now});
  end("m1", Delivered{now + 1s});
  EXPECT_EQ(Reader(path).told_revision("desk", article(1)), 7);
}

TEST_F(MessagesTest, TheEventOfADeliveryIsReadByItsRow) {
  const auto third = Reader(path).event_of(3);
  const auto first = Reader(path).event_of(1);
  ASSERT_TRUE(third && first);
  EXPECT_EQ(third->id, "e3");
  EXPECT_EQ(first->id, "e1");
  EXPECT_EQ(first->article, article(1));
  EXPECT_FALSE(Reader(path).event_of(99));
}

TEST_F(MessagesTest, AReceiverThatFailsIsKnownUntilItTakesSomething) {
  const TryLater failing{
      .error = "404", .next = now, .paused_until = now, .at = now, .is_failing = true};
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, failing));
  ASSERT_EQ(Reader(path).failing_receivers().size(), 1U);
  EXPECT_EQ(Reader(path).failing_receivers()[0].name, "desk");
  EXPECT_EQ(Reader(path).failing_receivers()[0].failing_since, now);
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, Delivered{now}));
  EXPECT_TRUE(Reader(path).failing_receivers().empty());
}

TEST_F(MessagesTest, AnEventOfTheDaemonItselfHasNoSource) {
  NewEvent event{.id = "own",
                 .type = EventType::receiver_failing,
                 .at = now,
                 .data = R"({"receiver":"hook"})"};
  event.deliveries.push_back({"d9", "desk", "default", Severity::critical});
  test::run(io, store.note_event(std::move(event)));
  const auto told = Reader(path).event("own");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->source, "");
  EXPECT_EQ(told->type, "tinwatch.receiver.failing");
  EXPECT_EQ(Reader(path).desk("desk", now).waiting.back().severity, Severity::critical);
  EXPECT_TRUE(Reader(path).verify("").faults.empty()) << "and that is sound";
}

}  // namespace
}  // namespace tinwatch::storage
