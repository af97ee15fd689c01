#include "delivery_fixture.hpp"

#include <functional>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;
using storage::now;

/// What a receiver makes of a try: nothing when it takes it.
using Answer = std::function<std::optional<DeliveryError>(const Message&)>;

std::optional<DeliveryError> fails(Failure kind, std::optional<Duration> retry_after = {}) {
  return DeliveryError{kind, "it fails", retry_after};
}

/// A receiver that answers as the test says and remembers who came when.
class Receiver final : public AlertSink {
 public:
  struct Try {
    std::string id;
    Instant at;
  };
  Receiver(Clock& clock, std::vector<Try>& tries, Answer answer)
      : clock_(clock), tries_(tries), answer_(std::move(answer)) {}

  Task<DeliveryResult> deliver(Message message) override {
    tries_.push_back({message.id, clock_.now()});
    if (takes > Duration{0}) co_await clock_.sleep_for(takes);
    if (auto error = answer_(message)) co_return fail(std::move(*error));
    co_return true;
  }

  Duration takes{0};  ///< to answer

 private:
  Clock& clock_;
  std::vector<Try>& tries_;
  Answer answer_;
};

using Ids = std::vector<std::string>;

/// Deliveries d1, d2... to a receiver `desk`, told by the loop on a clock that the test moves.
class DeliveryTest : public DeliveryLoopTest {
 protected:
  void publish(Instant at) {
    auto commit = published("http://a.test/" + std::to_string(made + 1));
    commit.standing->identifier = std::to_string(made);
    commit.at = commit.events.front().at = at;
    write(std::move(commit));
  }
  void start(Answer answer, Duration takes = {}) {
    receiver = std::make_shared<Receiver>(clock, tries, std::move(answer));
    receiver->takes = takes;
    start_loop(recipient(receiver));
  }
  static Recipient recipient(std::shared_ptr<AlertSink> sink) {
    return {.settings = {.name = "desk", .kind = WebhookSettings{}}, .sink = std::move(sink)};
  }
  std::string state_of(const std::string& id) {
    for (const auto& delivery : storage::Reader(path).deliveries({.state = "", .limit = 100}))
      if (delivery.id == id) return std::string(label(delivery.state));
    return "";
  }
  std::vector<std::string> tried() const {
    std::vector<std::string> out;
    for (const auto& one : tries) out.push_back(one.id);
    return out;
  }
  double counted(const std::string& outcome) const {
    const auto page = metrics.serialise();
    const auto series = "tinwatch_deliveries_total{outcome=\"" + outcome + "\",receiver=\"desk\"} ";
    const auto at = page.find(series);
    return at == std::string::npos ? 0 : std::stod(page.substr(at + series.size()));
  }

  std::vector<Receiver::Try> tries;
  std::shared_ptr<Receiver> receiver;
};

TEST_F(DeliveryTest, TellsInOrderAndOnce) {
  for (int i = 0; i < 3; ++i) publish(now);
  start([](const auto&) { return std::nullopt; });
  EXPECT_EQ(tried(), (Ids{"d1", "d2", "d3"}));
  pass(24h);
  EXPECT_EQ(tries.size(), 3U);
  EXPECT_EQ(state_of("d3"), "delivered");
  EXPECT_EQ(counted("delivered"), 3);
  publish(clock.now());
  loop->ring();
  pass(0s);
  EXPECT_EQ(state_of("d4"), "delivered") << "at once";
}

TEST_F(DeliveryTest, WaitsTwiceAsLongAfterEachFailureUpToAnHourMoreOrLess) {
  publish(now);
  start([](const auto&) { return fails(Failure::retry); });
  pass(6h);
  const std::vector<Duration> waits{5s,   10s,   20s,   40s, 80s, 160s, 320s,
                                    640s, 1280s, 2560s, 1h,  1h,  1h};
  ASSERT_GT(tries.size(), waits.size());
  bool is_jittered = false;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    const auto wait = tries[i + 1].at - tries[i].at;
    EXPECT_GE(wait, waits[i] * 4 / 5) << i;
    EXPECT_LE(wait, waits[i] * 6 / 5 + 1s) << i;
    is_jittered = is_jittered || wait != waits[i];
  }
  EXPECT_TRUE(is_jittered) << "what failed together does not come back together";
  EXPECT_EQ(counted("retried"), static_cast<double>(tries.size()));
}

TEST_F(DeliveryTest, WhileAReceiverFailsOthersAreTriedAfterThreeTriesOfOne) {
  publish(now);
  publish(now);
  start([](const auto&) { return fails(Failure::retry); });
  pass(24h);
  const auto ids = tried();
  EXPECT_EQ(Ids(ids.begin(), ids.begin() + 6), (Ids{"d1", "d1", "d1", "d2", "d2", "d2"}))
      << "nothing overtakes it at once, nor does it hold up others for ever";
  EXPECT_LE(ids.size(), 80U) << "each of them once an hour";
}

TEST_F(DeliveryTest, OneThatAlwaysFailsHoldsUpNothingElse) {
  for (int i = 0; i < 4; ++i) publish(now);
  start([](const auto& delivery) {
    return delivery.id == "d1" ? fails(Failure::retry) : std::nullopt;
  });
  pass(1min);
  for (const auto* id : {"d2", "d3", "d4"}) EXPECT_EQ(state_of(id), "delivered") << id;
  EXPECT_EQ(state_of("d1"), "pending");
  const auto before = tries.size();
  pass(24h);
  EXPECT_LE(tries.size() - before, 34U) << "about one an hour";
  EXPECT_GE(tries.size() - before, 24U);
  publish(clock.now());
  loop->ring();
  pass(5min);
  EXPECT_EQ(state_of("d5"), "delivered");
  pass(4 * 24h + 2h);
  EXPECT_EQ(state_of("d1"), "dead");
}

TEST_F(DeliveryTest, TheReceiversOwnWishCountsUpToADay) {
  publish(now);
  int failures = 0;
  start([&](const auto&) -> std::optional<DeliveryError> {
    ++failures;
    if (failures == 1) return fails(Failure::retry, 7min);
    if (failures == 2) return fails(Failure::retry, 30h);
    return std::nullopt;
  });
  pass(25h);
  ASSERT_EQ(tries.size(), 3U);
  EXPECT_EQ(tries[1].at - tries[0].at, 7min);
  EXPECT_EQ(tries[2].at - tries[1].at, 24h);
  EXPECT_EQ(state_of("d1"), "delivered");
}

TEST_F(DeliveryTest, IsGivenUpAfterFiveDaysInWhichOthersWereTaken) {
  publish(now);
  start([](const auto& delivery) {
    return delivery.id == "d1" ? fails(Failure::retry) : std::nullopt;
  });
  pass(24h);
  publish(clock.now());
  loop->ring();
  pass(4 * 24h - 1ms);
  EXPECT_EQ(state_of("d1"), "pending");
  pass(3h);
  EXPECT_EQ(state_of("d1"), "dead");
  EXPECT_EQ(counted("dead"), 1);
}

TEST_F(DeliveryTest, NothingIsGivenUpWhileItsReceiverTakesNothing) {
  publish(now);
  publish(now);
  start([](const auto&) { return fails(Failure::retry); });
  pass(8 * 24h);
  EXPECT_EQ(state_of("d1"), "pending");
  EXPECT_EQ(state_of("d2"), "pending");
}

TEST_F(DeliveryTest, TheFiveDaysBeginWithTheFirstTry) {
  publish(now - 6 * 24h);
  start([](const auto&) { return fails(Failure::retry); });
  pass(4 * 24h);
  EXPECT_EQ(state_of("d1"), "pending") << "it waited for another reason before";
}

TEST_F(DeliveryTest, WhatWaitsForItsReceiverToBeMendedWaitsOn) {
  for (int i = 0; i < 3; ++i) publish(now);
  start([](const auto&) { return fails(Failure::misconfigured); });
  pass(8 * 24h);
  for (const auto* id : {"d1", "d2", "d3"}) EXPECT_EQ(state_of(id), "pending") << id;
  EXPECT_LE(tries.size(), 8U * 24 + 4) << "and is asked once an hour";
}

TEST_F(DeliveryTest, OneThatIsRejectedGoesToTheDeadLettersAlone) {
  publish(now);
  publish(now);
  start([](const auto& delivery) {
    return delivery.id == "d1" ? fails(Failure::refused) : std::nullopt;
  });
  EXPECT_EQ(tried(), (Ids{"d1", "d2"})) << "the next one goes at once";
  EXPECT_EQ(state_of("d1"), "dead");
  EXPECT_EQ(state_of("d2"), "delivered");
  EXPECT_EQ(counted("dead"), 1);
  EXPECT_EQ(counted("delivered"), 1);
}

TEST_F(DeliveryTest, AReceiverThatIsGoneIsToldNothingMoreUntilItIsEnabledAgain) {
  publish(now);
  publish(now);
  bool is_gone = true;
  start([&](const auto&) { return is_gone ? fails(Failure::gone) : std::nullopt; });
  pass(24h);
  EXPECT_EQ(tried(), Ids{"d1"});
  EXPECT_EQ(state_of("d1"), "pending") << "nothing is lost";
  EXPECT_EQ(counted("disabled"), 1);
  is_gone = false;
  asio::co_spawn(io, store.reload({}, {}, clock.now()), [](const std::exception_ptr&) {});
  pass(1min);
  EXPECT_EQ(state_of("d1"), "delivered");
  EXPECT_EQ(state_of("d2"), "delivered");
}

TEST_F(DeliveryTest, AReceiverThatIsSetUpWronglyLosesNothingAndIsToldOf) {
  publish(now);
  bool is_wrong = true;
  start([&](const auto&) { return is_wrong ? fails(Failure::misconfigured) : std::nullopt; });
  pass(10h);
  EXPECT_EQ(state_of("d1"), "pending");
  EXPECT_LE(tries.size(), 14U) << "about once an hour";
  EXPECT_EQ(told, Ids{"tinwatch.receiver.failing desk: it fails"}) << "once";
  is_wrong = false;
  pass(2h);
  EXPECT_EQ(state_of("d1"), "delivered");
  EXPECT_EQ(told.back(), "tinwatch.receiver.recovered desk: it takes messages again");
}

TEST_F(DeliveryTest, OneThatTakesNothingForTenMinutesIsToldOf) {
  publish(now);
  start([](const auto&) { return fails(Failure::retry); });
  pass(8min);
  EXPECT_EQ(told, Ids{});
  pass(20min);
  EXPECT_EQ(told, Ids{"tinwatch.receiver.failing desk: it fails"});
}

TEST_F(DeliveryTest, ThreeDifferentOnesThatAreRefusedAreTheReceiversFault) {
  for (int i = 0; i < 4; ++i) publish(now);
  start([](const auto&) { return fails(Failure::refused); });
  pass(30min);
  EXPECT_EQ(state_of("d1"), "dead");
  EXPECT_EQ(state_of("d2"), "dead");
  EXPECT_EQ(state_of("d3"), "pending") << "no more is lost";
  EXPECT_EQ(state_of("d4"), "pending");
  EXPECT_EQ(told, Ids{"tinwatch.receiver.failing desk: it fails"});
}

TEST_F(DeliveryTest, AFailureAtTheSinkOfBeforeSaysNothingOfTheNewOne) {
  publish(now);
  for (const auto kind : {Failure::gone, Failure::retry}) {
    SCOPED_TRACE(static_cast<int>(kind));
    start([kind](const auto&) { return fails(kind, 1h); }, 20s);
    auto taker = std::make_shared<Receiver>(clock, tries, [](const auto&) { return std::nullopt; });
    loop->use(std::make_shared<const Recipient>(recipient(std::move(taker))));
    pass(19s);
    EXPECT_EQ(state_of(tries.back().id), "pending") << "one at a time";
    pass(1s);
    EXPECT_EQ(state_of(tries.back().id), "delivered") << "at once";
    TearDown();
    publish(clock.now());
  }
  EXPECT_EQ(tried(), (Ids{"d1", "d1", "d2", "d2"}));
}

TEST_F(DeliveryTest, OneThatIsToEndGoesOnWhereThatIsTakenBack) {
  publish(now);
  publish(now);
  start([](const auto&) { return std::nullopt; }, 20s);
  loop->finish();
  pass(10s);
  EXPECT_FALSE(loop->has_ended()) << "it waits for the answer";
  loop->go_on();
  pass(1h);
  EXPECT_EQ(tried(), (Ids{"d1", "d2"}));
  EXPECT_FALSE(loop->has_ended());
  loop->finish();
  pass(0s);
  EXPECT_TRUE(loop->has_ended());
}

TEST_F(DeliveryTest, WhatTheReceiverTookIsWrittenDownBeforeItIsToldAgain) {
  publish(now);
  publish(now);
  start([](const auto&) { return std::nullopt; }, 1s);
  storage::sqlite::Connection(path).execute(
      "CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'disk is full'); "
      "END");
  pass(1min);
  EXPECT_EQ(tried(), Ids{"d1"}) << "once, however long the disk is full";
  EXPECT_EQ(counted("delivered"), 0);
  storage::sqlite::Connection(path).execute("DROP TRIGGER full");
  pass(1min);
  EXPECT_EQ(tried(), (Ids{"d1", "d2"}));
  EXPECT_EQ(state_of("d1"), "delivered");
  EXPECT_EQ(counted("delivered"), 2);
}

}  // namespace
}  // namespace tinwatch::alerts
