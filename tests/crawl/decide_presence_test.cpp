#include "crawl/decide_fixture.hpp"

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

using DecideUnchanged = DecideTest;
using DecideAbsence = DecideTest;

constexpr auto missing = ArticleStatus::missing;
constexpr auto removed = ArticleStatus::removed;

TEST_F(DecideUnchanged, ItIsThereAndWhoWasToldOtherwiseIsToldSo) {
  struct Row {
    const char* name;
    Known known;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"as ever", {}, "not_modified: live /1, shown /1"},
      {"a flicker", {.checks = 1, .absent = 5min}, "not_modified: live /1, shown /1"},
      {"missing, seen once: one of several servers may have it still",
       {.status = missing, .checks = 2, .absent = 5min},
       "not_modified: missing /1 after 2, shown /1"},
      {"missing, seen twice",
       {.status = missing, .checks = 2, .absent = 5min, .back = 5min},
       "not_modified: live /1, shown /1, article.returned>desk"},
      {"removed, seen twice",
       {.status = removed, .checks = 5, .absent = 48h, .back = 5min},
       "not_modified: live /1, shown /1, article.returned>desk"},
      {"a state in doubt went away",
       {.held = {.editorial_hash = "h", .since = now - 1h, .looks = 3}},
       "not_modified: live /1, shown /1, dropped 1"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(told(unchanged(row.known, PollResult::not_modified)), row.told) << row.name;
}

TEST_F(DecideUnchanged, ShortcutsAreCountedUntilThePageIsReadWhole) {
  EXPECT_EQ(shortcuts_of(unchanged({}, PollResult::not_modified, 3)), 4);
  EXPECT_EQ(shortcuts_of(unchanged({}, PollResult::region_equal, 3)), 4);
  EXPECT_EQ(shortcuts_of(unchanged({}, PollResult::bytes_equal, 3)), 0)
      << "equal bytes are the whole page";
}

TEST_F(DecideAbsence, OfTheAddressThatAnArticleIsKnownBy) {
  struct Row {
    const char* name;
    Known known;
    bool gone;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"the first check", {}, false, "absent: live /1 after 1, failed"},
      {"the second one, five minutes later",
       {.checks = 1, .absent = 5min},
       false,
       "absent: missing /1 after 2, article.missing>desk, failed"},
      {"the second one, too soon",
       {.checks = 1, .absent = 5min - 1ms},
       false,
       "absent: live /1 after 2, failed"},
      {"missing, and not confirmed yet",
       {.status = missing, .checks = 3, .absent = 24h},
       false,
       "absent: missing /1 after 4, failed"},
      {"missing, and confirmed",
       {.status = missing, .checks = 4, .absent = 24h},
       false,
       "absent: removed /1 after 5, article.removed>desk, failed"},
      {"missing, and gone (410)",
       {.status = missing, .checks = 3, .absent = 10min},
       true,
       "absent: removed /1 after 4, article.removed>desk, failed"},
      {"removed already",
       {.status = removed, .checks = 5, .absent = 48h},
       false,
       "absent: removed /1 after 6, failed"},
      {"another address shows it: that is looked at, and the check counts",
       {.elsewhere = "/2"},
       false,
       "absent: live /1 after 1, failed, look /2"},
      {"that was looked at after the first check",
       {.checks = 1, .absent = 1min, .elsewhere = "/2"},
       false,
       "absent: live /1 after 2, failed"},
      {"another address showed it since: it moved there",
       {.elsewhere = "/2", .moved = true},
       false,
       "absent: live /2, article.moved>desk, failed, retired, look /2"},
      {"missing, and another address showed it since: it moved there",
       {.status = missing, .checks = 2, .absent = 1h, .elsewhere = "/2", .moved = true},
       false,
       "absent: live /2, article.moved>desk, failed, retired, look /2"},
      {"it was declared and never showed it: the address that did takes its place",
       {.shown = false, .elsewhere = "/2"},
       false,
       "absent: live /2, failed, retired, look /2"},
      {"declared, and no other address is known",
       {.shown = false},
       false,
       "absent: live /1 after 1, failed"},
      {"what is in doubt stays so",
       {.held = {.editorial_hash = "h", .since = now - 1h, .looks = 3, .dropped = 2}},
       false,
       "absent: live /1 after 1, held 3, dropped 2, failed"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(told(absent(row.known, "/1", row.gone)), row.told) << row.name;
}

TEST_F(DecideAbsence, AWatchHearsOfTheTakedownAndOfTheReturn) {
  const auto watched = [](const std::string& query) {
    return watch::Watch{query,
                        std::make_shared<const watch::Query>(watch::Query::parse(query).value())};
  };
  plan.watch_set =
      watch::WatchSet::compile({watched("bridge"), watched("road"), watched("NOT road")});
  plan.watches.assign(3, {.receivers = {"desk"}});
  using Hits = std::vector<std::string>;
  EXPECT_EQ(hits_of(absent({.status = missing, .checks = 4, .absent = 24h}, "/1")),
            (Hits{"bridge watch.hit disappeared>desk", "NOT road watch.hit disappeared>desk"}));
  EXPECT_EQ(hits_of(absent({.checks = 1, .absent = 5min}, "/1")), Hits{})
      << "it is missing, and may be back";
  EXPECT_EQ(hits_of(absent({.status = removed, .checks = 5, .absent = 48h}, "/1")), Hits{})
      << "told already";
}

/// ADR 4: a 404 at one address of an article is never its removal.
TEST_F(DecideAbsence, OfAnAliasSaysNothingOfTheArticle) {
  EXPECT_EQ(told(absent({}, "/2")), "absent: live /1, failed, retired");
  EXPECT_EQ(told(absent({}, "/2", /*gone=*/true)), "absent: live /1, failed, retired");
  EXPECT_EQ(told(absent({.checks = 1, .absent = 5min}, "/2")),
            "absent: live /1 after 1, failed, retired");
  EXPECT_EQ(told(absent({.status = missing, .checks = 4, .absent = 24h}, "/2")),
            "absent: missing /1 after 4, failed, retired");
}

TEST_F(DecideAbsence, WhatIsOfTheWholeSiteIsNotToldOfItsArticles) {
  const Known once{.checks = 1, .absent = 10min};
  EXPECT_EQ(told(absent(once, "/1", {.is_of_site = true})), "absent: live /1 after 1, failed");
  EXPECT_EQ(told(absent(once, "/1", {.lacks_witness = true})), "absent: live /1 after 1, failed");
  const Known long_ago{.checks = 1, .absent = 31min};
  EXPECT_EQ(told(absent(long_ago, "/1", {.lacks_witness = true})), told(absent(long_ago, "/1")))
      << "nobody waits for a witness for ever";
  EXPECT_EQ(told(absent(once, "/1", {.may_have_moved = true})), "absent: live /1 after 1, failed");
  EXPECT_EQ(told(absent(long_ago, "/1", {.may_have_moved = true})), told(absent(long_ago, "/1")));
  EXPECT_EQ(wait_of(absent(once, "/1", {.is_of_site = true})), 5min);
}

TEST_F(DecideAbsence, WhileListsFailTooTheSiteIsDownForAllOneKnows) {
  const NotThere down{.lacks_witness = true, .may_have_moved = true, .is_down = true};
  const Known hours_ago{.checks = 1, .absent = 12h};
  EXPECT_EQ(told(absent(hours_ago, "/1", down)), "absent: live /1 after 1, failed");
  EXPECT_EQ(wait_of(absent(hours_ago, "/1", down)), 2h) << "looked at ever more seldom";
  const Known a_day_ago{.checks = 1, .absent = 24h};
  EXPECT_EQ(told(absent(a_day_ago, "/1", down)), told(absent(a_day_ago, "/1")));
}

TEST_F(DecideAbsence, IsCheckedAgainWhenAConfirmationMayCount) {
  EXPECT_EQ(wait_of(absent({}, "/1")), 100s);
  EXPECT_EQ(wait_of(absent({.checks = 1, .absent = 5min}, "/1")), Duration(24h - 5min) / 3);
  EXPECT_EQ(wait_of(absent({.status = missing, .checks = 4, .absent = 24h}, "/1")), 24h);
  EXPECT_EQ(failures_of(absent({.status = missing, .checks = 4, .absent = 24h}, "/1")), 5);
}

TEST_F(DecideAbsence, IsWrittenOnlyIfTheArticleIsStillAsItWasFound) {
  EXPECT_EQ(expected_of(absent({.revisions = 2}, "/1")), (Expected{2, last_event}));
  EXPECT_EQ(expected_of(unchanged({.revisions = 2}, PollResult::not_modified)),
            (Expected{2, last_event}));
}

}  // namespace
}  // namespace tinwatch::crawl
