#include "sqlite.hpp"
#include "storage/event_place.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class OutboxTest : public StoreTest {
 protected:
  OutboxTest() {
    for (const auto* number : {"1", "2", "3"}) {
      auto commit = published(std::string("http://a.test/") + number);
      commit.standing->identifier = number;
      EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
    }
  }
  std::vector<std::string> in_state(const std::string& state) {
    std::vector<std::string> out;
    for (const auto& delivery : Reader(path).deliveries({.state = state, .limit = 10}))
      out.push_back(delivery.id);
    return out;
  }
};

TEST_F(OutboxTest, SaysWhatWaitsWhatIsDeadAndWhatWasDelivered) {
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, storage::Delivered{now + 1h}));
  test::run(io, store.end_try({.id = "d2", .receiver = "desk"}, storage::Dead{"HTTP status 404"}));
  EXPECT_EQ(in_state("delivered"), std::vector<std::string>{"d1"});
  EXPECT_EQ(in_state("dead"), std::vector<std::string>{"d2"});
  EXPECT_EQ(in_state("pending"), std::vector<std::string>{"d3"});
  EXPECT_EQ(in_state(""), (std::vector<std::string>{"d3", "d2", "d1"})) << "the newest first";
  const auto dead = Reader(path).deliveries({.state = "dead", .limit = 10}).front();
  EXPECT_EQ(dead.last_error, "HTTP status 404");
  EXPECT_EQ(dead.attempts, 1);
  EXPECT_EQ(dead.event_type, "tinwatch.article.published");
  const auto counts = Reader(path).overview(now).outbox;
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].pending, 1);
  EXPECT_EQ(counts[0].dead, 1);
  EXPECT_EQ(counts[0].oldest, now);
}

TEST_F(OutboxTest, OneThatFailsAgainAndAgainStandsBehindThoseOfOtherArticles) {
  const auto next = [&](Instant at) {
    const auto item = Reader(path).next_delivery("desk", at);
    return item ? item->id : "";
  };
  EXPECT_EQ(next(now), "d1");
  for (int i = 0; i < 2; ++i)
    test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                                storage::TryLater{"HTTP status 500", now + 5s, now + 5s, now}));
  EXPECT_EQ(next(now + 4s), "d2") << "the receiver's pause is not looked at here";
  EXPECT_EQ(next(now + 5s), "d1");
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                              storage::TryLater{"HTTP status 500", now + 5s, now + 5s, now}));
  EXPECT_EQ(next(now + 5s), "d2");
  test::run(io, store.end_try({.id = "d2", .receiver = "desk"}, storage::Delivered{now}));
  test::run(io, store.end_try({.id = "d3", .receiver = "desk"}, storage::Delivered{now}));
  EXPECT_EQ(next(now + 4s), "");
  EXPECT_EQ(Reader(path).next_delivery_at("desk", now + 4s), now + 5s);
  EXPECT_EQ(next(now + 5s), "d1");
  EXPECT_FALSE(Reader(path).next_delivery_at("nobody", now));
}

TEST_F(StoreTest, OfOneArticleNoDeliveryOvertakesAnother) {
  const auto url = "http://a.test/1";
  EXPECT_EQ(test::run(io, store.commit(published(url))), CommitResult::committed);
  EXPECT_EQ(test::run(io, store.commit(again(url))), CommitResult::committed);
  const auto waiting = Reader(path).deliveries({.state = "pending", .limit = 10});
  ASSERT_EQ(waiting.size(), 2U);
  for (int i = 0; i < 3; ++i)
    test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                                storage::TryLater{"HTTP status 500", now + 1h, now + 5s}));
  EXPECT_FALSE(Reader(path).next_delivery("desk", now + 5s));
  EXPECT_EQ(Reader(path).next_delivery_at("desk", now + 5s), now + 1h)
      << "not at once: what stands behind it is due and has to wait";
  EXPECT_EQ(Reader(path).next_delivery("desk", now + 1h)->id, "d1");
}

TEST_F(OutboxTest, AReceiverThatIsGoneIsToldNothingUntilTheNextStart) {
  test::run(io, store.disable_receiver("desk"));
  EXPECT_TRUE(Reader(path).receiver("desk").disabled);
  EXPECT_TRUE(Reader(path).overview(now).outbox.front().disabled);
  test::run(io, store.reload({}, {}, now));
  EXPECT_FALSE(Reader(path).receiver("desk").disabled);
  test::run(io, store.disable_receiver("desk"));
  EXPECT_TRUE(Reader(path).receiver("desk").disabled) << "for one that is known, too";
}

TEST_F(OutboxTest, AReceiverThatIsMendedIsPausedNoLonger) {
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                              storage::TryLater{"HTTP status 503", now + 1h, now + 1h}));
  test::run(io, store.reload({}, {"night"}, now));
  EXPECT_EQ(Reader(path).receiver("desk").paused_until, now + 1h) << "another one was";
  test::run(io, store.reload({}, {"desk"}, now));
  EXPECT_EQ(Reader(path).receiver("desk").paused_until, std::nullopt);
  EXPECT_EQ(Reader(path).receiver("desk").failures, 0);
}

TEST_F(OutboxTest, SaysForWhomDeliveriesWait) {
  using Waiting = std::vector<std::pair<std::string, std::int64_t>>;
  test::run(io, store.end_try({.id = "d2", .receiver = "desk"}, storage::Dead{"HTTP status 404"}));
  EXPECT_EQ(Reader(path).waiting_deliveries(), (Waiting{{"desk", 2}}));
  for (const auto* told : {"d1", "d3"})
    test::run(io, store.end_try({.id = told, .receiver = "desk"}, storage::Delivered{now}));
  EXPECT_EQ(Reader(path).waiting_deliveries(), Waiting{});
}

TEST_F(OutboxTest, FailuresInARowAreCounted) {
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                              storage::TryLater{"HTTP status 503", now + 5s, now + 5s, now}));
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                              storage::TryLater{"HTTP status 503", now + 10s, now + 10s}));
  EXPECT_EQ(Reader(path).receiver("desk").failures, 2);
  EXPECT_EQ(Reader(path).receiver("desk").paused_until, now + 10s);
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, storage::Delivered{now + 10s}));
  EXPECT_EQ(Reader(path).receiver("desk").failures, 0);
}

TEST_F(OutboxTest, EventsSinceATimeAreFoundWithoutReadingThoseBefore) {
  sqlite::Connection(path).execute("UPDATE events SET at = at + seq * 60000");
  const Reader reader(path);
  EXPECT_EQ(event_before(reader, now), 0);
  EXPECT_EQ(event_before(reader, now + 2min), 1) << "at that very time is since";
  EXPECT_EQ(event_before(reader, now + 3min), 2);
  EXPECT_EQ(event_before(reader, now + 4min), 3);
}

}  // namespace
}  // namespace tinwatch::storage
