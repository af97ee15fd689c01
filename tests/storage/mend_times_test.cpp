#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

const std::string page = "http://a.test/1";
constexpr Duration ahead = 240h;
constexpr Duration delay = 2s;

/// What a run left whose clock was ten days ahead.
class MendTimes : public StoreTest {
 protected:
  MendTimes() {
    ListCommit list{.frontier = {.row = FrontierRow(1),
                                 .visited_at = now + ahead,
                                 .end = Seen{.next = {now + ahead + 10min, "soon"}}},
                    .source = SourceRow(1),
                    .at = now + ahead};
    list.found = {{page, "a.test", TargetKind::article, Priority::news}};
    test::run(io, store.commit_list(std::move(list)));
    test::run(io, store.save_host({.host = "a.test",
                                   .next_allowed = now + ahead + 2s,
                                   .blocked_until = now + ahead + 4min,
                                   .failures = 3,
                                   .last_failure = now + ahead}));
    test::run(io, store.save_host({.host = "b.test",
                                   .next_allowed = now + 100s,
                                   .blocked_until = now + 10h,
                                   .failures = 2,
                                   .last_failure = now - 1h}));
    test::run(io, store.save_robots("a.test", {.status = 404, .fetched_at = now + ahead}));
  }

  std::optional<Instant> due(const std::string& url) {
    return Reader(path).frontier_item("bao", url)->due_at;
  }
};

TEST_F(MendTimes, WaitsAreCountedFromNow) {
  EXPECT_EQ(due("http://a.test/"), now + ahead + 10min);
  test::run(io, store.mend_times(now, delay));
  EXPECT_EQ(due("http://a.test/"), now + 10min);
  EXPECT_EQ(due(page), now) << "found meanwhile, not visited yet";
  const Reader reader(path);
  EXPECT_EQ(reader.host("a.test")->state.next_allowed, now);
  EXPECT_EQ(reader.host("a.test")->state.blocked_until, now + 4min);
  EXPECT_EQ(reader.host("a.test")->robots->fetched_at, now);
}

TEST_F(MendTimes, WhatARightClockWroteStands) {
  test::run(io, store.mend_times(now, delay));
  const auto host = Reader(path).host("b.test")->state;
  EXPECT_EQ(host.next_allowed, now + 100s);
  EXPECT_EQ(host.blocked_until, now + 10h);
  EXPECT_EQ(host.last_failure, now - 1h);
  test::run(io, store.mend_times(now + 5min, delay));
  EXPECT_EQ(due("http://a.test/"), now + 10min) << "a second look changes nothing";
}

TEST_F(MendTimes, AReceiverIsNoLongerPausedThanItCanBe) {
  auto commit = published(page);
  test::run(io, store.commit(std::move(commit)));
  test::run(
      io, store.end_try({.id = "d1", .receiver = "desk"},
                        storage::TryLater{"503", now + ahead + 5s, now + ahead + 5s, now + ahead}));
  test::run(io, store.mend_times(now, delay));
  EXPECT_EQ(Reader(path).receiver("desk").paused_until, now);
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                              storage::TryLater{"503", now + 30min, now + 30min, now}));
  test::run(io, store.mend_times(now, delay));
  EXPECT_EQ(Reader(path).receiver("desk").paused_until, now + 30min);
}

TEST_F(MendTimes, WhatHappenedLaterThanNowHappenedNow) {
  auto commit = published(page);
  commit.at = now + ahead;
  commit.frontier.visited_at = commit.at;
  commit.frontier.row = Reader(path).frontier_item("bao", page)->row;
  test::run(io, store.commit(std::move(commit)));
  {
    sqlite::Connection db(path);
    db.execute(
        "UPDATE articles SET absence_checks = 1, absent_since = last_checked_at, held_since = "
        "last_checked_at");
  }
  test::run(io, store.mend_times(now, delay));
  const auto article = Reader(path).find_article(SourceRow(1), "42", page, page);
  ASSERT_TRUE(article);
  EXPECT_LE(article->last_shown_at, now);
  EXPECT_EQ(article->standing.absence.since, now);
  EXPECT_EQ(article->standing.held.since, now);
}

TEST_F(MendTimes, WhatLastsIsAsLongAgoAsItWas) {
  auto commit = published(page);
  test::run(io, store.commit(std::move(commit)));
  {
    sqlite::Connection db(path);
    db.execute(
        "UPDATE articles SET absence_checks = 1, absent_since = last_checked_at, held_since = "
        "NULL, back_since = last_checked_at + 1000");
  }
  const auto absence = [&] {
    return Reader(path).find_article(SourceRow(1), "42", page, page)->standing.absence;
  };
  const auto before = absence();
  test::run(io, store.move_waits(24h));
  EXPECT_EQ(absence().since, *before.since + 24h);
  EXPECT_EQ(absence().back_since, *before.back_since + 24h);
  EXPECT_FALSE(Reader(path).find_article(SourceRow(1), "42", page, page)->standing.held.since);
  test::run(io, store.move_waits(-24h));
  EXPECT_EQ(absence(), before);
}

}  // namespace
}  // namespace tinwatch::storage
