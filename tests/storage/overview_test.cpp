#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

TEST_F(StoreTest, TheOverviewCountsWhatIsDueWaitsIsBlockedAndIsRetired) {
  ListCommit list{
      .frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{.next = {now + 1h, {}}}},
      .source = SourceRow(1),
      .at = now};
  for (const auto* url : {"http://a.test/1", "http://a.test/2", "http://a.test/3"})
    list.found.push_back({url, "a.test"});
  list.found.push_back({"http://b.test/1", "b.test"});
  test::run(io, store.commit_list(std::move(list)));
  test::run(io,
            store.update_frontier({.row = Reader(path).frontier_item("bao", "http://a.test/3")->row,
                                   .visited_at = now,
                                   .end = Retired{}}));
  test::run(io,
            store.save_host(
                {.host = "b.test", .next_allowed = now, .blocked_until = now + 2h, .failures = 3}));
  const auto overview = Reader(path).overview(now);
  EXPECT_EQ(overview.frontier_due, 2);
  EXPECT_EQ(overview.frontier_waiting, 1) << "the list, an hour from now";
  EXPECT_EQ(overview.frontier_blocked, 1);
  EXPECT_EQ(overview.frontier_retired, 1);
  EXPECT_EQ(overview.oldest_due, now);
  ASSERT_EQ(overview.blocked_hosts.size(), 1U);
  EXPECT_EQ(overview.blocked_hosts[0].failures, 3);
  ASSERT_EQ(overview.sources.size(), 1U);
  EXPECT_EQ(overview.sources[0].articles, 0);
  EXPECT_EQ(overview.sources[0].last_success_at, now) << "its list was read";
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  EXPECT_EQ(Reader(path).overview(now).sources[0].articles, 1);
  EXPECT_EQ(Reader(path).overview(now).sources[0].last_new_article_at, now);
}

TEST_F(StoreTest, WhatIsWrongWithASourceIsKept) {
  SourceReport report{.condition = {.source = "bao",
                                    .silent_since = now,
                                    .silent_reason = SilentReason::no_articles,
                                    .drifted_since = now - 1h,
                                    .drifted = "author"}};
  test::run(io, store.report_source(report));
  const auto kept = Reader(path).conditions();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].silent_since, now);
  EXPECT_EQ(kept[0].silent_reason, SilentReason::no_articles);
  EXPECT_EQ(kept[0].drifted, "author");
  EXPECT_EQ(Reader(path).overview(now).sources[0].silent_reason, SilentReason::no_articles);

  report.condition = {.source = "bao"};
  test::run(io, store.report_source(std::move(report)));
  EXPECT_FALSE(Reader(path).overview(now).sources[0].silent_since);
}

}  // namespace
}  // namespace tinwatch::storage
