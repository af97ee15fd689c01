#include "async/lanes.hpp"

#include "support/run.hpp"

#include <boost/asio/static_thread_pool.hpp>
#include <gtest/gtest.h>

#include <latch>
#include <vector>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

/// What threads did, in the order they did it.
struct Diary {
  std::mutex mutex;
  std::vector<std::string> done;
  std::size_t at_once = 0;
  std::size_t most_at_once = 0;
};

std::string note(Diary* diary, std::string what, std::latch* until) {
  {
    const std::lock_guard lock(diary->mutex);
    diary->most_at_once = std::max(diary->most_at_once, ++diary->at_once);
  }
  if (until) until->wait();
  const std::lock_guard lock(diary->mutex);
  --diary->at_once;
  diary->done.push_back(what);
  return what;
}

class LanesTest : public testing::Test {
 protected:
  /// `until`: it does not end before that is open.
  void begin(const std::string& lane, const std::string& what, std::latch* until = nullptr) {
    asio::co_spawn(io, run_on(lanes.lane(lane).shared_from_this(), &note, &diary, what, until),
                   [this](const std::exception_ptr& failure, const std::string& result) {
                     ended += failure ? "aborted " : result + ' ';
                   });
  }
  void until_one_is_under_way() {
    for (;;) {
      const std::lock_guard lock(diary.mutex);
      if (diary.at_once > 0) return;
    }
  }
  void finish() {
    io.restart();
    io.run();
  }

  asio::io_context io;
  asio::static_thread_pool pool{1};
  Lanes lanes{pool.get_executor(), 1};
  Diary diary;
  std::string ended;
};

TEST_F(LanesTest, WhoHasMuchToDoQueuesUpBehindItself) {
  std::latch open(1);
  for (const auto* what : {"h1", "h2", "h3"})
    begin("heavy", what, what == std::string("h1") ? &open : nullptr);
  begin("light", "l1");
  io.poll();
  open.count_down();
  finish();
  EXPECT_EQ(diary.done, (std::vector<std::string>{"h1", "l1", "h2", "h3"}));
  EXPECT_EQ(ended, "h1 l1 h2 h3 ");
}

TEST_F(LanesTest, NoLaneIsWiderThanItsWidth) {
  asio::static_thread_pool wide(4);
  lanes = Lanes(wide.get_executor(), 2);
  std::latch open(1);
  for (int i = 0; i < 8; ++i) begin("one", std::to_string(i), &open);
  io.poll();
  open.count_down();
  finish();
  EXPECT_EQ(diary.done.size(), 8U);
  EXPECT_LE(diary.most_at_once, 2U);
}

TEST_F(LanesTest, WhatWaitsBehindALongPieceIsStuck) {
  std::latch open(1);
  for (const auto* what : {"1", "2", "3"}) begin("one", what, &open);
  io.poll();
  while (lanes.lane("one").stuck(0ns) == 0) {
  }
  EXPECT_EQ(lanes.lane("one").stuck(0ns), 2U);
  EXPECT_EQ(lanes.lane("one").stuck(24h), 0U) << "it moves on";
  EXPECT_FALSE(lanes.find("another"));
  open.count_down();
  finish();
  EXPECT_EQ(lanes.lane("one").stuck(0ns), 0U);
}

TEST_F(LanesTest, WhatHasNotBegunIsGivenUpWhenTheyStop) {
  std::latch open(1);
  begin("one", "1", &open);
  begin("one", "2");
  io.poll();
  until_one_is_under_way();
  lanes.stop();
  open.count_down();
  finish();
  EXPECT_EQ(ended, "1 aborted ");
  EXPECT_EQ(diary.done, std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace tinwatch
