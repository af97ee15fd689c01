#include "async/task_group.hpp"

#include "async/wake_up.hpp"
#include "support/fake_clock.hpp"
#include "support/run.hpp"

#include <boost/asio/static_thread_pool.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

Task<> wait_for_ever() {
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::use_awaitable);
}

Task<> fail_at_once() {
  throw std::runtime_error("planted");
  co_return;
}

Task<> fill(TaskGroup& group, int& begun) {
  for (int i = 0; i < 3; ++i) {
    co_await group.spawn(wait_for_ever());
    ++begun;
  }
}

Task<> fail_in(TaskGroup& group) {
  co_await group.spawn(fail_at_once());
  co_await group.join();
}

Task<> sleep_in(TaskGroup& group, WakeUp& bell) {
  co_await group.spawn(bell.sleep(1h));
  group.cancel();
  co_await group.join();
}

TEST(TaskGroup, HoldsBackWhatIsAboveItsLimitAndCancelsTheRest) {
  asio::io_context io;
  int failures = 0;
  TaskGroup group(io.get_executor(), 2, [&](const std::exception_ptr&) { ++failures; });
  TaskGroup outer(io.get_executor(), 1, [&](const std::exception_ptr&) { ++failures; });
  int begun = 0;
  asio::co_spawn(io, outer.spawn(fill(group, begun)), [](const std::exception_ptr&) {});
  io.poll();
  EXPECT_EQ(begun, 2);
  EXPECT_EQ(group.running(), 2U);
  outer.cancel();
  group.cancel();
  io.run();
  EXPECT_EQ(group.running(), 0U);
  EXPECT_EQ(failures, 0) << "a cancellation is no failure";
}

TEST(TaskGroup, ReportsAFailure) {
  asio::io_context io;
  int failures = 0;
  TaskGroup group(io.get_executor(), 2, [&](const std::exception_ptr&) { ++failures; });
  test::run(io, fail_in(group));
  EXPECT_EQ(failures, 1);
}

TEST(WakeUp, IsCancelledWithoutAFailure) {
  asio::io_context io;
  test::FakeClock clock(Instant{});
  WakeUp bell(io.get_executor(), clock);
  int failures = 0;
  TaskGroup group(io.get_executor(), 2, [&](const std::exception_ptr&) { ++failures; });
  test::run(io, sleep_in(group, bell));
  EXPECT_EQ(failures, 0);
}

TEST(WakeUp, RemembersARing) {
  asio::io_context io;
  test::FakeClock clock(Instant{});
  WakeUp bell(io.get_executor(), clock);
  bell.ring();
  test::run(io, bell.sleep(1h));
  EXPECT_EQ(clock.now(), Instant{});
}

TEST(RunOn, WorksOnTheOtherThreadAndComesBack) {
  asio::io_context io;
  asio::static_thread_pool pool(1);
  const auto twice = [](std::string text) { return text + text; };
  EXPECT_EQ(test::run(io, run_on(pool.get_executor(), twice, std::string("ab"))), "abab");
}

/// Two steps of the other thread's work that the test lets go on, one after the other.
struct Steps {
  std::latch begun{1};
  std::latch may_end{1};
};

int take_a_step(Steps* step) {
  step->begun.count_down();
  step->may_end.wait();
  return 0;
}

Task<> work_and_wait(asio::static_thread_pool& pool, Steps& step) {
  co_await run_on(pool.get_executor(), take_a_step, &step);
  co_await wait_for_ever();
}

// A stop comes when the work is done and its result is on the way: what it sends after the work
// would arrive when the caller is gone.
TEST(RunOn, SendsNothingAfterTheWorkOfACancelledCaller) {
  asio::io_context io;
  asio::static_thread_pool pool(1);
  Steps ours;
  Steps another;
  int failures = 0;
  TaskGroup group(io.get_executor(), 1, [&](const std::exception_ptr&) { ++failures; });
  asio::co_spawn(io, group.spawn(work_and_wait(pool, ours)), [](const std::exception_ptr&) {});
  io.poll();
  ours.begun.wait();
  asio::post(pool, [&another] { take_a_step(&another); });
  ours.may_end.count_down();
  another.begun.wait();
  group.cancel();
  test::run(io, group.join());
  another.may_end.count_down();
  pool.join();  // whatever was sent has arrived
  EXPECT_EQ(failures, 0);
}

Task<> take(Limiter& limiter, int& taken) {
  const auto permit = co_await limiter.acquire();
  ++taken;
}

TEST(Limiter, GivesNothingWithoutWaitingThatSomebodyWaitsFor) {
  asio::io_context io;
  Limiter limiter(io.get_executor(), 1);
  int taken = 0;
  {
    const auto held = limiter.try_acquire();
    ASSERT_TRUE(held);
    EXPECT_FALSE(limiter.try_acquire());
    asio::co_spawn(io, take(limiter, taken), [](const std::exception_ptr&) {});
    io.poll();
    EXPECT_EQ(taken, 0);
  }
  EXPECT_FALSE(limiter.try_acquire()) << "it goes to whoever waits";
  io.poll();
  EXPECT_EQ(taken, 1);
  EXPECT_TRUE(limiter.try_acquire());
}

}  // namespace
}  // namespace tinwatch
