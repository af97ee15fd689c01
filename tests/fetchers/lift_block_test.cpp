#include "fetchers/polite_fetcher_fixture.hpp"

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

const std::string page = "http://a.test/1";

class LiftBlockTest : public PoliteFetcherTest {
 protected:
  LiftBlockTest() { network.on("http://a.test/robots.txt", test::answer(404)); }
  PoliteFetcher::Lifted lift(const std::string& url = {}) {
    return test::run(io, polite.lift_block("a.test", url));
  }
  bool is_blocked() { return polite.ready_at("a.test") > clock.now() + 10s; }
};

TEST_F(LiftBlockTest, ARestForFailuresIsOver) {
  network.on(page, test::answer(503));
  static_cast<void>(fetch(page));
  ASSERT_TRUE(is_blocked());
  const auto lifted = lift();
  EXPECT_TRUE(lifted.was_ours);
  EXPECT_FALSE(lifted.kept_until);
  EXPECT_FALSE(is_blocked());
  EXPECT_FALSE(known["a.test"].state.blocked_until) << "over a restart too";
  EXPECT_GT(polite.ready_at("a.test"), clock.now()) << "its delay stays";
}

TEST_F(LiftBlockTest, WhatTheHostAsksForIsKept) {
  auto busy = test::answer(503);
  busy->retry_after = 10min;
  network.on(page, busy);
  static_cast<void>(fetch(page));
  const auto lifted = lift();
  EXPECT_FALSE(lifted.was_ours);
  EXPECT_EQ(lifted.kept_until, clock.now() + 10min);
  EXPECT_EQ(lifted.why, "it asked to be left alone until " + to_rfc3339(clock.now() + 10min));
  EXPECT_TRUE(is_blocked());
  EXPECT_TRUE(known["a.test"].state.wants_quiet);
}

TEST_F(LiftBlockTest, ARobotsFileThatCouldNotBeReadIsAskedForAgain) {
  network.change("http://a.test/robots.txt", test::answer(500));
  network.on(page, test::answer(200));
  EXPECT_FALSE(fetch(page));
  network.change("http://a.test/robots.txt", test::answer(404));
  EXPECT_FALSE(fetch(page)) << "not before its rest is over";
  EXPECT_TRUE(lift().was_ours);
  EXPECT_TRUE(fetch(page));
}

TEST_F(LiftBlockTest, WhatRobotsForbidIsKeptAndNamed) {
  network.change("http://a.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /1\n"));
  EXPECT_FALSE(fetch(page));
  const auto lifted = lift(page);
  EXPECT_TRUE(lifted.kept_until);
  EXPECT_EQ(lifted.why, "its robots.txt forbids /1");
  EXPECT_FALSE(lift("http://a.test/2").kept_until);
}

TEST_F(LiftBlockTest, AHostThatNothingKeepsUsFromIsFree) {
  const auto lifted = lift(page);
  EXPECT_FALSE(lifted.was_ours);
  EXPECT_FALSE(lifted.kept_until);
}

}  // namespace
}  // namespace tinwatch::fetchers
