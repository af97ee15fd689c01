#include "storage/own_watches.hpp"

#include "storage/audit.hpp"
#include "storage/hits_fixture.hpp"
#include "storage/recent_revisions.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class OwnWatchesTest : public HitsTest {
 protected:
  OwnSettings settings(Instant at = now) { return own_settings(Reader(path), at); }
  bool add(const std::string& name, const std::string& definition = "{}") {
    const WatchChange change{name, definition, "lan", now};
    return test::run(io, store.write(&add_watch, change));
  }
  std::int64_t sleep(const std::string& watch, Instant until, Instant at = now) {
    const Snooze what{watch, until, "lan"};
    return test::run(io, store.write(&snooze, what, at));
  }
  bool wake(const std::string& watch, Instant at = now) {
    const std::string who = "minh";
    return test::run(io, store.write(&end_snooze, watch, who, at));
  }
  std::string state(const std::string& delivery) {
    return std::string(label(Reader(path).delivery(delivery)->state));
  }
  std::string audited() {
    std::string out;
    for (const auto& row : audit(Reader(path), 0, 100))
      out += row.entry.who + ' ' + row.entry.action + ' ' + row.entry.subject + ' ' +
             row.entry.detail + '\n';
    return out;
  }
};

TEST_F(OwnWatchesTest, AWatchIsMadeChangedAndDeleted) {
  EXPECT_TRUE(add("b", R"({"query":"x"})"));
  EXPECT_TRUE(add("a"));
  EXPECT_FALSE(add("b", "{}")) << "there is one";
  auto all = settings().watches;
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "a");
  EXPECT_EQ(all[1].definition, R"({"query":"x"})");
  EXPECT_EQ(all[1].who, "lan");
  EXPECT_EQ(all[1].created_at, now);

  const WatchChange change{"b", R"({"query":"y"})", "minh", now + 1h};
  EXPECT_TRUE(test::run(io, store.write(&change_watch, change)));
  const WatchChange nobody{"c", "{}", "minh", now};
  EXPECT_FALSE(test::run(io, store.write(&change_watch, nobody)));
  all = settings().watches;
  EXPECT_EQ(all[1].definition, R"({"query":"y"})");
  EXPECT_EQ(all[1].created_at, now);
  EXPECT_EQ(all[1].changed_at, now + 1h);
  EXPECT_EQ(all[1].who, "minh");

  const std::string name = "b";
  const std::string who = "lan";
  EXPECT_TRUE(test::run(io, store.write(&delete_watch, name, ItsSnooze::ends, who, now)));
  EXPECT_FALSE(test::run(io, store.write(&delete_watch, name, ItsSnooze::ends, who, now)));
  EXPECT_EQ(settings().watches.size(), 1U);
  EXPECT_EQ(audited(),
            "lan watch.deleted b {\"query\":\"y\"}\n"
            "minh watch.changed b {\"query\":\"y\"}\n"
            "lan watch.added a {}\n"
            "lan watch.added b {\"query\":\"x\"}\n");
}

TEST_F(OwnWatchesTest, ASnoozeEndsByItselfOrByHand) {
  EXPECT_EQ(sleep("a", now + 1h), 0);
  sleep("b", now + 2h);
  ASSERT_EQ(settings().snoozes.size(), 2U);
  EXPECT_EQ(settings().snoozes[0].watch, "a");
  EXPECT_EQ(settings().snoozes[0].until, now + 1h);
  EXPECT_EQ(settings().snoozes[0].who, "lan");
  EXPECT_EQ(settings(now + 1h).snoozes.size(), 1U) << "the first has ended";
  EXPECT_FALSE(wake("a", now + 1h)) << "it has ended by itself";
  EXPECT_TRUE(wake("b"));
  EXPECT_FALSE(wake("b"));
  sleep("a", now + 3h);
  ASSERT_EQ(settings().snoozes.size(), 1U);
  EXPECT_EQ(settings().snoozes[0].until, now + 3h) << "the last word counts";
  EXPECT_EQ(audited(),
            "lan watch.snoozed a until 1970-02-11T19:00:00Z\n"
            "minh watch.woken b snooze ended\n"
            "lan watch.snoozed b until 1970-02-11T18:00:00Z\n"
            "lan watch.snoozed a until 1970-02-11T17:00:00Z\n");
}

TEST_F(OwnWatchesTest, ASnoozeHoldsBackWhatWaitsAndWasNotTried) {
  hit("a");
  hit("a");
  hit("b");
  test::run(io, store.end_try({.id = "told1", .receiver = "desk"},
                              TryLater{"HTTP status 500", now + 5s, now + 5s, now}));
  EXPECT_EQ(sleep("a", now + 1h), 1);
  EXPECT_EQ(state("told1"), "pending") << "it may have arrived";
  EXPECT_EQ(state("told2"), "snoozed");
  EXPECT_EQ(state("told3"), "pending") << "another watch's";
}

TEST_F(OwnWatchesTest, ADeletedWatchLeavesItsHitsAndNoSnooze) {
  add("a");
  sleep("a", now + 1h);
  hit("a", now + 1h);
  const std::string name = "a";
  const std::string who;
  EXPECT_TRUE(test::run(io, store.write(&delete_watch, name, ItsSnooze::ends, who, now)));
  EXPECT_TRUE(settings().snoozes.empty());
  EXPECT_EQ(hits(Reader(path), {.watch = "a"}).size(), 1U);
  EXPECT_EQ(state("told1"), "pending") << "a receiver is told what it was to be told";
}

TEST_F(OwnWatchesTest, WhatIsSnoozedWhenAHitIsWrittenCounts) {
  sleep("a", now + 1h);
  hit("a");
  EXPECT_EQ(state("told1"), "snoozed") << "whatever its visit knew";
  hit("b");
  EXPECT_EQ(state("told2"), "pending") << "another watch's";
  hit("a", now + 1h);
  EXPECT_EQ(state("told3"), "pending") << "it has ended by itself";
  EXPECT_TRUE(wake("a"));
  hit("a");
  EXPECT_EQ(state("told4"), "pending");
}

TEST_F(OwnWatchesTest, ASnoozeOfTheConfigurationsWatchOutlivesTheHiddenOne) {
  add("a");
  sleep("a", now + 1h);
  const std::string name = "a";
  const std::string who;
  EXPECT_TRUE(test::run(io, store.write(&delete_watch, name, ItsSnooze::stays, who, now)));
  EXPECT_TRUE(settings().watches.empty());
  EXPECT_EQ(settings().snoozes.size(), 1U);
}

TEST_F(OwnWatchesTest, RecentRevisionsAreReadBackwards) {
  EXPECT_TRUE(recent_revisions(Reader(path), 0).empty());
  for (int i = 0; i < 250; ++i) hit("a");
  auto page = recent_revisions(Reader(path), 0);
  ASSERT_EQ(page.size(), 200U);
  EXPECT_GT(page.front().row, page.back().row);
  EXPECT_EQ(page.front().number, 1);
  EXPECT_EQ(page.front().previous, "");
  page = recent_revisions(Reader(path), page.back().row);
  EXPECT_EQ(page.size(), 50U);
  EXPECT_TRUE(recent_revisions(Reader(path), page.back().row).empty());
}

}  // namespace
}  // namespace tinwatch::storage
