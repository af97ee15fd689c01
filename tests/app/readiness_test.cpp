#include "readiness.hpp"

#include "core/text.hpp"

#include <gtest/gtest.h>

/// What makes a daemon that runs unfit for its work.
namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

class ReadinessTest : public testing::Test {
 protected:
  ReadinessTest() {
    overview.sources.push_back({.name = "bao", .last_success_at = now - 5min});
    overview.frontier_waiting = 10;
  }
  std::string why() const { return join(why_not_ready(standing), "\n"); }

  Instant now = Instant{} + 1000h;
  Standing standing{
      .is_started = true, .watching_since = now - 24h, .now = now, .longest_poll = 1h};
  storage::Overview& overview = standing.overview;
};

TEST_F(ReadinessTest, IsWhenAllIsWell) { EXPECT_EQ(why(), ""); }

TEST_F(ReadinessTest, ADaemonThatStartsSaysOnlyThat) {
  standing.is_started = false;
  standing.store_fault = "disk full";
  EXPECT_EQ(why(), "it is still starting");
}

TEST_F(ReadinessTest, EachFaultIsALine) {
  standing.lost_file = "t.db was deleted";
  standing.store_fault = "database or disk is full";
  standing.config_fault = "t.yaml:3:1: unknown key";
  EXPECT_EQ(why(),
            "t.db was deleted\n"
            "the database takes no writes: database or disk is full\n"
            "the configuration's file was not taken over, the one before is in force: t.yaml:3:1: "
            "unknown key");
}

TEST_F(ReadinessTest, SomeListHasToBeReadNowAndThen) {
  overview.sources[0].last_success_at = now - 2h;
  EXPECT_EQ(why(), "");
  overview.sources[0].last_success_at = now - 2h - 1ms;
  EXPECT_EQ(why(), "no list of any source was read since 1970-02-11T13:59:59.999Z");
  overview.sources.push_back({.name = "another", .last_success_at = now - 1min});
  EXPECT_EQ(why(), "") << "one source alone has its own alert";
  overview.sources[1].active = false;
  EXPECT_NE(why(), "") << "what left the configuration is no sign of life";
  standing.watching_since = now - 1h;
  EXPECT_EQ(why(), "") << "it was switched off in between";
  standing.watching_since = now - 3h;
  overview.sources[0].last_success_at.reset();
  EXPECT_EQ(why(), "no list of any source was read since it was installed");
  overview.sources.clear();
  EXPECT_EQ(why(), "") << "nothing is to be read";
}

TEST_F(ReadinessTest, PollsOftenAreNotMissedAtOnce) {
  standing.longest_poll = 10s;
  overview.sources[0].last_success_at = now - 29min;
  EXPECT_EQ(why(), "");
  overview.sources[0].last_success_at = now - 31min;
  EXPECT_NE(why(), "");
}

TEST_F(ReadinessTest, AClockThatFellBackIsNamed) {
  overview.sources[0].last_success_at = now + 6min;
  EXPECT_EQ(why(), "the machine's clock is behind: a list was read at 1970-02-11T16:06:00Z");
}

TEST_F(ReadinessTest, HostsThatAllRestAreNamed) {
  overview.frontier_blocked = 10;
  EXPECT_EQ(why(), "");
  overview.frontier_waiting = 0;
  EXPECT_EQ(why(), "") << "a single failure is no reason";
  overview.sources[0].last_success_at = now - 31min;
  EXPECT_EQ(why(),
            "every host is left alone for a while, since all failed; 'tinwatch status' names them");
}

TEST_F(ReadinessTest, ADatabaseThatDoesNotAnswerIsTheWorst) {
  standing.unreadable = "disk I/O error";
  standing.overview = {};
  EXPECT_EQ(why(), "the database cannot be read: disk I/O error");
}

TEST_F(ReadinessTest, DescriptorsThatRunOutAreNamed) {
  standing.files = {.open = 90, .most = 100};
  EXPECT_EQ(why(), "");
  standing.files.open = 91;
  EXPECT_EQ(why().find("91 of 100 file descriptors are in use"), 0U) << why();
}

TEST_F(ReadinessTest, TheStatusLineNamesTheWorstTrouble) {
  EXPECT_EQ(status_line(standing), "watching 1 source");
  overview.sources.push_back({.name = "tin", .last_success_at = now, .silent_since = now - 1h});
  overview.sources.push_back({.name = "left", .active = false, .unreachable_since = now - 1h});
  EXPECT_EQ(status_line(standing), "watching 2 sources, 1 of them silent");
  overview.sources[0].drifted_since = now - 1h;
  EXPECT_EQ(status_line(standing), "1 of 2 sources has pages that read differently");
  overview.sources[0].unreachable_since = now - 1h;
  EXPECT_EQ(status_line(standing), "1 of 2 sources cannot be reached");
  standing.store_fault = "database or disk is full";
  EXPECT_EQ(status_line(standing), "the database takes no writes: database or disk is full");
  standing.config_fault = "t.yaml:3:1: unknown key";
  EXPECT_EQ(status_line(standing),
            "the database takes no writes: database or disk is full; and 1 more");
}

}  // namespace
}  // namespace tinwatch::app
