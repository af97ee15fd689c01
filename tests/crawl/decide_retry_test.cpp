#include "decide_retry.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using Kind = Miss::Kind;

const Instant now = Instant{} + 10'000h;

struct Row {
  const char* name;
  Kind kind;
  int failures;  ///< before this visit
  const char* told;
  Duration least_wait{};
  bool once = false;   ///< a further page of a list
  bool known = false;  ///< it was seen once
  TargetKind kind_of_page = TargetKind::article;
};

/// `failed 2, again in 120 s`, `absent 2, retired`, `rests 0, again in 3600 s, attempts kept`.
std::string told(const Row& row) {
  storage::FrontierItem item{.row = FrontierRow(7), .failures = row.failures};
  item.kind = row.kind_of_page;
  if (row.once) item.further_page = 1;
  if (row.known) item.last_success_at = now - 1h;
  const auto update =
      decide_retry(item, {.kind = row.kind, .why = "why", .least_wait = row.least_wait}, now);
  EXPECT_EQ(update.row, item.row) << row.name;
  EXPECT_EQ(update.visited_at, now) << row.name;
  EXPECT_EQ(update.detail, "why") << row.name;
  std::string out(label(update.outcome));
  bool keeps = false;
  if (const auto* retired = std::get_if<storage::Retired>(&update.end)) {
    EXPECT_FALSE(retired->was_seen) << row.name;
    out += ' ' + std::to_string(retired->failures) + ", retired";
    keeps = retired->keep_parse_attempts;
  } else {
    const auto& failed = std::get<storage::Failed>(update.end);
    EXPECT_EQ(wait_of(update), failed.next.at - now) << row.name;
    out += ' ' + std::to_string(failed.failures) + ", again in " +
           std::to_string(std::chrono::floor<std::chrono::seconds>(*wait_of(update)).count()) +
           " s";
    keeps = failed.keep_parse_attempts;
  }
  return out + (keeps ? ", attempts kept" : "");
}

TEST(DecideRetry, WaitsLongerAfterEachFailureAndGivesUpWhatIsNotWorthIt) {
  const std::vector<Row> rows = {
      {"the first failure", Kind::unreadable, 0, "failed 1, again in 60 s"},
      {"the second one", Kind::unreadable, 1, "failed 2, again in 120 s"},
      {"the hundredth: once a day, for ever", Kind::unreadable, 99, "failed 100, again in 86400 s"},
      {"the hundredth of a list that was read once: within minutes of its return", Kind::unreadable,
       99, "failed 100, again in 300 s", 0s, false, true, TargetKind::listing},
      {"and not sooner than it is polled", Kind::unreadable, 99, "failed 100, again in 600 s", 600s,
       false, true, TargetKind::feed},
      {"an article that was read once", Kind::unreadable, 9, "failed 10, again in 30720 s", 0s,
       false, true},
      {"the host wants more than that", Kind::unreadable, 0, "failed 1, again in 600 s", 600s},
      {"the host wants less", Kind::unreadable, 4, "failed 5, again in 960 s", 600s},
      {"a list's further page", Kind::unreadable, 1, "failed 2, again in 120 s", 0s, true},
      {"the third failure of one", Kind::unreadable, 2, "failed 3, retired", 0s, true},
      {"a link that leads nowhere", Kind::dead_link, 0, "absent 1, again in 60 s"},
      {"the fifth time: ever more seldom", Kind::dead_link, 4, "absent 5, again in 1500 s"},
      {"for a day", Kind::dead_link, 14, "absent 15, again in 13500 s"},
      {"then only while a list names it", Kind::dead_link, 15, "absent 16, retired"},
      {"no article", Kind::no_article, 3, "failed 4, again in 480 s"},
      {"no article, for a day", Kind::no_article, 15, "failed 16, retired"},
      {"no article, where one was", Kind::no_article, 4, "failed 5, again in 960 s", 0s, false,
       true},
      {"a page that brings the daemon down", Kind::killer, 2,
       "skipped 3, again in 86400 s, attempts kept"},
      {"a further page that does", Kind::killer, 0, "skipped 1, retired, attempts kept", 0s, true},
      {"a source that fills the disk", Kind::full_disk, 2,
       "rests 2, again in 3600 s, attempts kept", 3600s},
  };
  for (const auto& row : rows) EXPECT_EQ(told(row), row.told) << row.name;
}

TEST(DecideRetry, TellsPeopleWhy) {
  const auto reason = [](Kind kind, int failures) {
    const auto update = decide_retry({.failures = failures}, {.kind = kind}, now);
    return std::get<storage::Failed>(update.end).next.reason;
  };
  EXPECT_EQ(reason(Kind::unreadable, 0), "tried again after 1 failure");
  EXPECT_EQ(reason(Kind::unreadable, 1), "tried again after 2 failures");
  EXPECT_EQ(reason(Kind::dead_link, 0), "tried again after 1 failure");
  EXPECT_EQ(reason(Kind::killer, 0), "after a day it is tried again");
  EXPECT_EQ(reason(Kind::full_disk, 0), "then a new day of what the source may store begins");
}

}  // namespace
}  // namespace tinwatch::crawl
