#include "storage/store_fixture.hpp"

#include <algorithm>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class FrontierTest : public StoreTest {};

TEST_F(FrontierTest, AQueueGivesNewArticlesFirstAndSaysWhatIsNext) {
  ListCommit list{
      .frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{.next = {now + 1h, {}}}},
      .source = SourceRow(1),
      .at = now - 1h,
      .discovery = Discovery::baseline};
  list.found = {{"http://a.test/old", "a.test", TargetKind::article, Priority::backlog}};
  test::run(io, store.commit_list(list));
  list.at = now;
  list.discovery = Discovery::live;
  list.found = {{"http://a.test/1", "a.test", TargetKind::article, Priority::news},
                {"http://a.test/rss", "a.test", TargetKind::feed},
                {"http://b.test/2", "b.test", TargetKind::article}};
  list.most_new = {{"b.test", 0}};
  const auto added = test::run(io, store.commit_list(std::move(list))).added;
  EXPECT_EQ(added.at("a.test"), 2);
  EXPECT_EQ(added.contains("b.test") ? added.at("b.test") : 0, 0) << "no room for that host";
  const Reader reader(path);
  const auto queue = reader.queue({"a.test", 5}, now);
  ASSERT_EQ(queue.due.size(), 3U);
  EXPECT_EQ(queue.due[0].url, "http://a.test/1");
  EXPECT_EQ(queue.due[1].url, "http://a.test/rss");
  EXPECT_EQ(queue.due[2].url, "http://a.test/old") << "it waits longest, but it is not news";
  EXPECT_EQ(queue.next_due, now + 1h) << "the list itself";
  EXPECT_EQ(reader.queue({"a.test", 1}, now).due.size(), 1U);
}

TEST_F(FrontierTest, AListBringsSoManyNewHostsAndAddresses) {
  ListCommit list{
      .frontier = {.row = FrontierRow(1),
                   .visited_at = now,
                   .end = Seen{.next = {now + 1h, {}}, .validators = Validators{.etag = "e"}}},
      .source = SourceRow(1),
      .at = now,
      .most_new_hosts = 2};
  for (const auto* host : {"a.test", "b.test", "c.test", "d.test"})
    for (const auto* page : {"/1", "/2"})
      list.found.push_back({std::string("http://") + host + page, host, TargetKind::article});
  const auto first = test::run(io, store.commit_list(list));
  EXPECT_EQ(first.new_hosts, 2) << "something waits at a.test already";
  EXPECT_EQ(first.left_out, 2);
  EXPECT_EQ(first.added.at("c.test"), 2);
  EXPECT_FALSE(first.added.contains("d.test"));
  const Reader reader(path);
  EXPECT_EQ(reader.frontier_item("bao", "http://a.test/")->validators.etag, "")
      << "it is to be met again";
  list.most_of_source = 1;
  const auto second = test::run(io, store.commit_list(list));
  EXPECT_EQ(second.new_hosts, 1);
  EXPECT_EQ(second.added.at("d.test"), 1);
  EXPECT_EQ(second.left_out, 1);
}

TEST_F(FrontierTest, AListThatNamesHardlyAnythingKnownIsReadOn) {
  ListCommit list{.frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{}},
                  .source = SourceRow(1),
                  .at = now,
                  .url = "http://a.test/"};
  const auto met_at = [&](Instant when) {
    list.at = when;
    list.further = {when, "a gap"};
    list.further_unread_since = when - 1h;
  };
  met_at(now);
  list.found = {{"http://a.test/1", "a.test"}, {"http://a.test/2", "a.test"}};
  list.next = FoundUrl{"http://a.test/?page=2", "a.test", TargetKind::listing};
  list.gap = 3;
  list.further_page = 1;
  const auto further = [&] { return Reader(path).frontier_item("bao", "http://a.test/?page=2"); };
  EXPECT_FALSE(test::run(io, store.commit_list(list)).has_gap);
  EXPECT_FALSE(further());
  list.gap = 2;
  EXPECT_FALSE(test::run(io, store.commit_list(list)).has_gap) << "both are known by now";
  list.found = {{"http://a.test/3", "a.test"}, {"http://a.test/4", "a.test"}};
  EXPECT_TRUE(test::run(io, store.commit_list(list)).has_gap);
  ASSERT_TRUE(further());
  EXPECT_EQ(further()->further_page, 1);
  const FrontierUpdate read{
      .row = further()->row, .visited_at = now, .end = Retired{.was_seen = true}};
  test::run(io, store.update_frontier(read));
  const auto is_due = [&](Instant at) {
    const auto queue = Reader(path).queue({"a.test", 50}, at);
    return std::any_of(queue.due.begin(), queue.due.end(),
                       [](const auto& item) { return item.further_page > 0; });
  };
  EXPECT_FALSE(is_due(now + 24h));
  list.found = {{"http://a.test/5", "a.test"}, {"http://a.test/6", "a.test"}};
  EXPECT_TRUE(test::run(io, store.commit_list(list)).has_gap);
  EXPECT_FALSE(is_due(now + 24h)) << "it was read for this gap";
  met_at(now + 2h);
  list.found = {{"http://a.test/7", "a.test"}, {"http://a.test/8", "a.test"}};
  EXPECT_TRUE(test::run(io, store.commit_list(list)).has_gap);
  EXPECT_TRUE(is_due(now + 24h));
}

TEST_F(FrontierTest, NewsComesBeforeWhatHasWaitedLongerAndEachKindByItsTime) {
  ListCommit list{.frontier = {.row = FrontierRow(1),
                               .visited_at = now - 9h,
                               .end = Seen{.next = {now - 4h, {}}}},
                  .source = SourceRow(1),
                  .discovery = Discovery::baseline};
  const auto find_at = [&](Instant at, const std::string& page, TargetKind kind) {
    list.at = at;
    list.found = {{"http://a.test/" + page, "a.test", kind, priority_of(kind, list.discovery)}};
    test::run(io, store.commit_list(list));
  };
  find_at(now - 8h, "baseline", TargetKind::article);
  list.discovery = Discovery::live;
  find_at(now - 5h, "feed", TargetKind::feed);
  find_at(now - 1h, "second", TargetKind::article);
  find_at(now - 2h, "first", TargetKind::article);
  find_at(now + 1h, "later", TargetKind::article);
  std::vector<std::string> order;
  const auto queue = Reader(path).queue({"a.test", 50}, now);
  for (const auto& item : queue.due) order.push_back(item.url.substr(14));
  EXPECT_EQ(order, (std::vector<std::string>{"first", "second", "feed", "", "baseline"}));
  EXPECT_EQ(queue.next_due, now + 1h);
}

TEST_F(FrontierTest, TheLastTwentyVisitsAreKept) {
  const auto visit = [&](int number, VisitOutcome outcome) {
    const FrontierUpdate update{.row = FrontierRow(1),
                                .visited_at = now + number * 1h,
                                .end = Failed{.next = {now, {}}},
                                .outcome = outcome,
                                .detail = "why"};
    test::run(io, store.update_frontier(update));
  };
  for (int number = 1; number <= 30; ++number)
    visit(number, number % 2 == 0 ? VisitOutcome::read : VisitOutcome::failed);
  visit(31, VisitOutcome::read);
  visit(32, VisitOutcome::read);
  const auto visits = Reader(path).explain("http://a.test/").at(0).visits;
  ASSERT_EQ(visits.size(), 20U);
  EXPECT_EQ(visits.front().first_at, now + 30h) << "newest first; those alike are one";
  EXPECT_EQ(visits.front().last_at, now + 32h);
  EXPECT_EQ(visits.front().times, 3);
  EXPECT_EQ(visits.back().first_at, now + 11h);
  EXPECT_EQ(visits.back().outcome, "failed");
}

TEST_F(StoreTest, AFeedCorrectsWhatWasTakenForAList) {
  ListCommit list{
      .frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{.next = {now + 1h, {}}}},
      .source = SourceRow(1),
      .at = now};
  const std::string url = "http://a.test/short";
  list.found = {{url, "a.test", TargetKind::listing, Priority::known}};
  test::run(io, store.commit_list(list));
  const Reader reader(path);
  const auto row = reader.frontier_item("bao", url)->row;
  test::run(io, store.update_frontier({.row = row,
                                       .visited_at = now,
                                       .end = Seen{.next = {now + 9h, "polled"}, .shortcuts = 3}}));

  list.found = {{url, "a.test", TargetKind::article, Priority::news}};
  list.at = now + 1h;
  test::run(io, store.commit_list(list));
  EXPECT_EQ(reader.frontier_item("bao", url)->kind, TargetKind::listing) << "a page may err";
  list.found[0].is_sure = true;
  test::run(io, store.commit_list(list));
  const auto item = *reader.frontier_item("bao", url);
  EXPECT_EQ(item.kind, TargetKind::article);
  EXPECT_EQ(item.due_at, now + 1h) << "at once";
  EXPECT_EQ(item.shortcuts, 0);

  list.found = {{"http://a.test/", "a.test", TargetKind::article, Priority::news, true}};
  test::run(io, store.commit_list(list));
  EXPECT_EQ(reader.frontier_item("bao", "http://a.test/")->kind, TargetKind::listing)
      << "a start page is what the configuration says";
}

TEST_F(StoreTest, AListsPageThatIsAnArticleBecomesOne) {
  const Reader reader(path);
  test::run(io, store.update_frontier(
                    {.row = FrontierRow(1),
                     .visited_at = now,
                     .end = Seen{.next = {now, "it is one"}, .becomes_article = true}}));
  EXPECT_EQ(reader.frontier_item("bao", "http://a.test/")->kind, TargetKind::article);
}

}  // namespace
}  // namespace tinwatch::storage
