#include "sqlite.hpp"
#include "storage/messages_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

using Kind = OutboxChange::Kind;

/// What people change by hand, or by a reload.
class ChangeOutboxTest : public MessagesTest {};

TEST_F(ChangeOutboxTest, ByHandDeadOnesAreSentAgainMovedAndDropped) {
  write("m1", {1}, article(1));
  end("m1", Dead{"400"});
  test::run(io, store.end_try({.id = "d2", .receiver = "desk"}, Dead{"400"}));
  const auto change = [&](OutboxChange what) {
    return test::run(io, store.change_outbox(std::move(what), now));
  };
  EXPECT_EQ(change({.kind = Kind::retry, .receiver = "nobody"}), 0);
  EXPECT_EQ(change({.kind = Kind::retry, .id = "d1"}), 1) << "as the list names it";
  EXPECT_EQ(state("m1"), "dropped");
  EXPECT_EQ(delivery("d1"), "pending") << "it is written anew";
  EXPECT_EQ(delivery("d2"), "dead") << "only that one";
  EXPECT_EQ(change({.kind = Kind::retry}), 1) << "all that is dead, and nothing that waits";
  EXPECT_EQ(delivery("d2"), "pending");

  EXPECT_EQ(change({.kind = Kind::move, .receiver = "desk", .to = "mail"}), 3);
  EXPECT_EQ(Reader(path).desk("mail", now).waiting.size(), 3U);
  EXPECT_TRUE(Reader(path).desk("desk", now).waiting.empty());

  EXPECT_EQ(change({.kind = Kind::drop, .receiver = "mail"}), 3);
  EXPECT_TRUE(Reader(path).desk("mail", now).waiting.empty());
  EXPECT_EQ(delivery("d3"), "dropped");
}

TEST_F(ChangeOutboxTest, AMoveTouchesNothingOfOthers) {
  const auto move = [&](const std::string& from, const std::string& to) {
    return test::run(io,
                     store.change_outbox({.kind = Kind::move, .receiver = from, .to = to}, now));
  };
  write("m1", {1});
  EXPECT_EQ(move("desk", "mail"), 3);
  write({message("m2", {1}, "mail")});
  EXPECT_EQ(move("chat", "phone"), 0);
  EXPECT_EQ(delivery("d1"), "written") << "m2 is on its way";
  EXPECT_EQ(state("m2"), "pending");
}

TEST_F(ChangeOutboxTest, WhatTheOtherOneHasAlreadyIsNotToldTwice) {
  sqlite::Connection(path).execute(
      "INSERT INTO deliveries (id, receiver, team, event, severity, state, created_at, next_at) "
      "SELECT 'own', 'mail', 'default', event, 'normal', 'delivered', 0, 0 FROM deliveries WHERE "
      "seq = 1");
  EXPECT_EQ(test::run(io, store.change_outbox(
                              {.kind = Kind::move, .receiver = "desk", .to = "mail"}, now)),
            3);
  EXPECT_EQ(delivery("d1"), "superseded");
  EXPECT_EQ(Reader(path).desk("mail", now).waiting.size(), 2U);
}

TEST_F(ChangeOutboxTest, WhatWasMovedWhileItWasToldIsTheOtherOnes) {
  test::run(io, store.change_outbox(
                    {.kind = Kind::move, .id = "d1", .receiver = "desk", .to = "mail"}, now));
  const TryLater late{.error = "time-out", .next = now + 1h, .paused_until = now + 1h, .at = now};
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, late));
  EXPECT_FALSE(Reader(path).receiver("mail").paused_until) << "it has failed nobody";
  EXPECT_TRUE(Reader(path).receiver("desk").paused_until);
  write("m1", {1});
  EXPECT_EQ(state("m1"), "") << "nothing of it is left to be told";
}

TEST_F(ChangeOutboxTest, ADeadMailOfOneOfSeveralIsCountedAndSentAgainAsItWas) {
  write_to_two();
  end("m1", Delivered{now});
  end("m2", Dead{"550"});
  EXPECT_EQ(Reader(path).overview(now).outbox.front().dead, 1);
  EXPECT_EQ(test::run(io, store.change_outbox({.kind = Kind::retry}, now)), 1);
  EXPECT_EQ(state("m2"), "pending");
  EXPECT_EQ(delivery("d1"), "delivered");
}

TEST_F(ChangeOutboxTest, AMailThatOneOfSeveralHasIsNotLostForTheOthers) {
  write_to_two();
  end("m1", Delivered{now});
  end("m2", TryLater{.error = "450", .next = now + 1h, .paused_until = now, .at = now});
  EXPECT_EQ(Reader(path).overview(now).outbox.front().pending, 3) << "it waits, beside d2 and d3";
  test::run(io, store.change_outbox({.kind = Kind::rewrite, .receiver = "desk"}, now));
  EXPECT_EQ(state("m2"), "pending") << "as it is";
  EXPECT_EQ(delivery("d1"), "delivered");
  test::run(io, store.change_outbox({.kind = Kind::move, .receiver = "desk", .to = "chat"}, now));
  EXPECT_EQ(state("m2"), "dropped");
  EXPECT_EQ(Reader(path).desk("chat", now).waiting.size(), 3U) << "the other receiver has it";
}

TEST_F(ChangeOutboxTest, ADeadMailIsSentAgainBesideOneThatWaits) {
  write_to_two();
  end("m2", Dead{"550"});
  EXPECT_EQ(test::run(io, store.change_outbox({.kind = Kind::retry}, now)), 1);
  EXPECT_EQ(state("m1"), "pending");
  EXPECT_EQ(state("m2"), "pending");
}

TEST_F(ChangeOutboxTest, WhatWasTakenWhileItWasWrittenAnewIsNotToldTwice) {
  write("m1", {1}, article(1));
  test::run(io, store.reload({}, {"desk"}, now));
  EXPECT_EQ(delivery("d1"), "pending");
  end("m1", Delivered{now + 1s});
  EXPECT_EQ(state("m1"), "delivered");
  EXPECT_EQ(delivery("d1"), "delivered");
}

TEST_F(ChangeOutboxTest, WhatIsDeadForAllIsWrittenAnewOnce) {
  write_to_two();
  end("m1", Dead{"550"});
  end("m2", Dead{"550"});
  EXPECT_EQ(delivery("d1"), "dead");
  test::run(io, store.change_outbox({.kind = Kind::retry}, now));
  EXPECT_EQ(delivery("d1"), "pending");
  EXPECT_EQ(state("m1"), "dropped");
  EXPECT_EQ(state("m2"), "dropped");
}

TEST_F(ChangeOutboxTest, AReceiverThatIsMendedHasItsMessagesWrittenAnew) {
  write("m1", {1});
  test::run(io, store.reload({}, {"desk"}, now));
  EXPECT_EQ(state("m1"), "dropped");
  EXPECT_EQ(delivery("d1"), "pending");
}

TEST_F(ChangeOutboxTest, WhatWaitsForAMendedReceiverIsTriedNowAndAsItWas) {
  write("m1", {1}, article(1));
  end("m1", TryLater{.error = "403", .next = now + 1h, .paused_until = now + 1h, .at = now});
  EXPECT_FALSE(Reader(path).desk("desk", now).message);
  EXPECT_EQ(test::run(io, store.change_outbox({.kind = Kind::hurry, .receiver = "log"}, now)), 0);
  EXPECT_FALSE(Reader(path).desk("desk", now).message);
  EXPECT_EQ(test::run(io, store.change_outbox({.kind = Kind::hurry, .receiver = "desk"}, now)), 3)
      << "the message, and two that are in none";
  EXPECT_FALSE(Reader(path).receiver("desk").paused_until);
  const auto message = Reader(path).desk("desk", now).message;
  ASSERT_TRUE(message);
  EXPECT_EQ(message->id, "m1");
  EXPECT_EQ(message->attempts, 1) << "it is the same one";
}

TEST_F(ChangeOutboxTest, AMessageThatIsDroppedTakesItsDeliveriesAlong) {
  write("m1", {1, 2});
  EXPECT_EQ(test::run(io, store.change_outbox({.kind = OutboxChange::Kind::drop, .id = "m1"}, now)),
            1);
  EXPECT_EQ(delivery("d1"), "dropped");
  EXPECT_EQ(delivery("d2"), "dropped");
  EXPECT_EQ(delivery("d3"), "pending");
}

}  // namespace
}  // namespace tinwatch::storage
