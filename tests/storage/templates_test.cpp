#include "storage/store_fixture.hpp"

#include <algorithm>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

/// Votes, each at the address /N of the host.
class TemplatesTest : public StoreTest {
 protected:
  /// What the page at a new address turned out to be.
  void vote(const std::string& form, bool is_article, Instant at = now,
            const std::string& host = "a.test") {
    const auto url = "http://" + host + '/' + std::to_string(++addresses);
    ListCommit list{.frontier = {.row = FrontierRow(1), .visited_at = at, .end = Seen{}},
                    .source = SourceRow(1),
                    .at = at};
    list.found = {{url, host, TargetKind::article}};
    test::run(io, store.commit_list(std::move(list)));
    FrontierUpdate update{.row = Reader(path).frontier_item("bao", url)->row,
                          .visited_at = at,
                          .end = Retired{.was_seen = true}};
    update.vote = Vote{.address_template = form, .is_article = is_article};
    test::run(io, store.update_frontier(std::move(update)));
  }
  std::optional<LearnedTemplate> learned(const std::string& form, Instant since = now) const {
    return Reader(path).learned_template("bao", form, since);
  }
  std::size_t known() const {
    return Reader(path).learned_templates(SourceRow(1), Instant{}).size();
  }

  int addresses = 0;
};

TEST_F(TemplatesTest, CountWhatPagesTurnedOutToBe) {
  EXPECT_FALSE(learned("a.test/SLUG"));
  vote("a.test/SLUG", true);
  vote("a.test/SLUG", true);
  vote("a.test/SLUG", false);
  vote("a.test/w", false);
  vote("", true);
  EXPECT_EQ(learned("a.test/SLUG")->articles, 2);
  EXPECT_EQ(learned("a.test/SLUG")->others, 1);
  EXPECT_EQ(learned("a.test/w")->articles, 0);
  EXPECT_EQ(known(), 2U) << "an address without a form has no vote";
  EXPECT_FALSE(Reader(path).learned_template("other", "a.test/w", now));
}

TEST_F(TemplatesTest, WhatWasLongAgoCountsForLess) {
  for (int i = 0; i < 100; ++i) vote("a.test/SLUG", true);
  EXPECT_LT(learned("a.test/SLUG")->articles, 33) << "no past outweighs what is";
  for (int i = 0; i < 60; ++i) vote("a.test/SLUG", false);
  EXPECT_GT(learned("a.test/SLUG")->others, 4 * learned("a.test/SLUG")->articles);
}

TEST_F(TemplatesTest, AreForgottenWhenNobodyVotesAnyMore) {
  const auto later = now + votes_kept + 1h;
  vote("a.test/old", true, now);
  vote("a.test/new", true, later);
  EXPECT_TRUE(learned("a.test/old", now));
  EXPECT_FALSE(learned("a.test/old", later - votes_kept)) << "before it is swept away too";
  test::run(io, store.forget_learned(later));
  EXPECT_FALSE(learned("a.test/old", now));
  EXPECT_TRUE(learned("a.test/new", now));
}

TEST_F(TemplatesTest, ASiteThatMakesUpFormsKeepsAFew) {
  vote("a.test/SLUG", true, now);
  for (int i = 0; i < 300; ++i) {
    vote("a.test/" + std::to_string(i), false, now + std::chrono::minutes{i});
    if (i % 20 == 0) vote("a.test/SLUG", true, now + std::chrono::minutes{i} + 1s);
  }
  EXPECT_EQ(known(), 64U);
  EXPECT_TRUE(learned("a.test/SLUG")) << "what is seen again and again stays";
  for (int host = 0; host < 20; ++host)
    for (int i = 0; i < 64; ++i) {
      const auto name = 'h' + std::to_string(host) + ".test";
      vote(name + '/' + std::to_string(i), false, now + std::chrono::hours{host + 10}, name);
    }
  EXPECT_EQ(known(), 1024U) << "of all hosts of the source";
}

TEST_F(TemplatesTest, AClockThatWasAheadDoesNotKeepThem) {
  vote("a.test/SLUG", true, now + 1000h);
  test::run(io, store.mend_times(now, 2s));
  test::run(io, store.forget_learned(now + votes_kept + 1h));
  EXPECT_EQ(known(), 0U);
}

class BecomesListTest : public StoreTest {
 protected:
  FrontierItem item(const std::string& url) const {
    return *Reader(path).frontier_item("bao", url);
  }
  void find(const std::string& url, bool is_sure) {
    ListCommit list{
        .frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{.next = {now + 1h, {}}}},
        .source = SourceRow(1),
        .at = now};
    list.found = {{.url = url, .host = "a.test", .is_sure = is_sure}};
    test::run(io, store.commit_list(std::move(list)));
  }
  void turn_into_list(const std::string& url) {
    FrontierUpdate update{.row = item(url).row, .visited_at = now};
    update.end = Failed{.next = {now, "it is a list"}, .becomes_list = true};
    test::run(io, store.update_frontier(std::move(update)));
  }
};

TEST_F(BecomesListTest, WhatWasTakenForAnArticleIsReadAsAList) {
  find("http://a.test/world", false);
  turn_into_list("http://a.test/world");
  EXPECT_EQ(item("http://a.test/world").kind, TargetKind::listing);
  EXPECT_FALSE(item("http://a.test/world").last_success_at) << "its first sweep is to come";
  EXPECT_EQ(Reader(path).queue({"a.test", 9}, now).due.size(), 1U);
}

TEST_F(BecomesListTest, WhatAFeedNamesStaysAnArticle) {
  find("http://a.test/world", true);
  EXPECT_TRUE(item("http://a.test/world").is_sure);
  turn_into_list("http://a.test/world");
  EXPECT_EQ(item("http://a.test/world").kind, TargetKind::article);
  EXPECT_FALSE(Reader(path).explain("http://a.test/world").front().waiting);
  find("http://a.test/section", false);
  turn_into_list("http://a.test/section");
  find("http://a.test/section", true);
  EXPECT_EQ(item("http://a.test/section").kind, TargetKind::article) << "the feed knows better";
  turn_into_list("http://a.test/section");
  EXPECT_EQ(item("http://a.test/section").kind, TargetKind::article) << "and is not asked twice";
}

TEST_F(BecomesListTest, ASourceHasSoManyLists) {
  for (int i = 0; i < 300; ++i) {
    const auto url = "http://a.test/" + std::to_string(i);
    find(url, false);
    turn_into_list(url);
  }
  const Reader reader(path);
  int lists = 0;
  for (int i = 0; i < 300; ++i)
    if (item("http://a.test/" + std::to_string(i)).kind == TargetKind::listing) ++lists;
  EXPECT_EQ(lists, 255) << "and the start page";
}

}  // namespace
}  // namespace tinwatch::storage
