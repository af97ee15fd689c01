#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

const std::string page = "http://a.test/1";

class ArticlesTest : public StoreTest {
 protected:
  void commit(ArticleCommit visit) {
    ASSERT_EQ(test::run(io, store.commit(std::move(visit))), CommitResult::committed);
  }
  /// The article looked at again without a change.
  ArticleCommit look(Duration later) {
    ArticleCommit out{.frontier = {.row = FrontierRow(1), .visited_at = now + later, .end = Seen{}},
                      .source = SourceRow(1),
                      .at = now + later,
                      .article = known(page),
                      .url = page};
    return out;
  }
  std::string all(const std::string& sql) {
    sqlite::Connection db(path, sqlite::Access::query_only);
    auto rows = db.prepare(sql);
    std::string out;
    while (rows.step()) out += rows.text(0) + '\n';
    return out;
  }
};

TEST_F(ArticlesTest, AReadingIsKeptWhenItChanges) {
  commit(published(page));
  const auto read = [&](Duration later, const std::string& views) {
    auto visit = look(later);
    visit.readings = {{"viewCount", views}};
    commit(std::move(visit));
  };
  read(1h, "5");
  read(2h, "5");
  read(3h, "7");
  read(4h, "5");
  EXPECT_EQ(all("SELECT value || ' ' || ((at - 3600000000) / 3600000) FROM readings ORDER BY at"),
            "5 1\n7 3\n5 4\n");
}

TEST_F(ArticlesTest, WhatAPageIsKnownByGoesWhenItsTextChanges) {
  commit(published(page));
  auto visit = look(1h);
  visit.region = StoredArticle::Region{.text = "r", .misses = 3};
  commit(std::move(visit));
  EXPECT_EQ(find(page)->region.text, "r");
  EXPECT_EQ(find(page)->region.misses, 3);
  auto learnt = look(2h);
  learnt.region = StoredArticle::Region{.text = "s", .misses = 4};
  commit(std::move(learnt));
  EXPECT_EQ(find(page)->region.text, "s");
  commit(again(page));
  EXPECT_EQ(find(page)->region.text, "");
}

TEST_F(ArticlesTest, AnEarlierStateIsFoundAmongTheRevisions) {
  commit(published(page));
  auto edit = again(page);
  edit.revision->editorial_hash = "i";
  commit(std::move(edit));
  const Reader reader(path);
  const auto row = find(page)->row;
  EXPECT_EQ(reader.revision_of_state(row, "h"), 1);
  EXPECT_EQ(reader.revision_of_state(row, "i"), 2);
  EXPECT_EQ(reader.revision_of_state(row, "j"), 0);
  const auto id = find(page)->id;
  const auto revisions = reader.revisions(id, 10);
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_EQ(revisions[0].number, 2) << "the newest first";
  EXPECT_EQ(revisions[0].record, "") << "each may be a megabyte";
  EXPECT_EQ(reader.revisions(id, 1).size(), 1U);
  EXPECT_EQ(reader.revision(id, 0)->number, 2);
  EXPECT_EQ(reader.revision(id, 1)->record, R"({"headline":"H"})");
  EXPECT_FALSE(reader.revision(id, 3));
}

TEST_F(ArticlesTest, HistoryIsEveryRevisionWithTheOneBeforeIt) {
  commit(published(page));
  auto edit = again(page);
  edit.at = now + 1h;
  edit.state->record = R"({"headline":"I"})";
  edit.revision->editorial_hash = "i";
  edit.revision->change = R"({"class":"fact"})";
  commit(std::move(edit));
  const Reader reader(path);
  const auto all = reader.history({});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].previous, "");
  EXPECT_EQ(all[1].previous, R"({"headline":"H"})");
  EXPECT_EQ(all[1].record, R"({"headline":"I"})");
  EXPECT_EQ(all[1].change, R"({"class":"fact"})");
  EXPECT_EQ(all[1].source, "bao");
  EXPECT_EQ(all[1].number, 2);
  EXPECT_EQ(reader.history({.after = all[0].row}).size(), 1U);
  EXPECT_EQ(reader.history({.limit = 1}).size(), 1U);
  EXPECT_EQ(reader.history({.most_bytes = 1}).size(), 1U) << "never none";
  ASSERT_EQ(reader.history({.since = now + 1min}).size(), 1U);
  EXPECT_EQ(reader.history({.since = now + 1min})[0].number, 2);
  EXPECT_EQ(reader.history({.until = now + 1h})[0].number, 1);
  EXPECT_EQ(reader.history({.since = now + 2h}).size(), 0U);
}

TEST_F(ArticlesTest, CopiesOfOneTextFindEachOther) {
  SourceEntry other{.name = "tin"};
  other.start.push_back({"http://b.test/", "b.test", TargetKind::listing});
  test::run(io, store.sync_sources({{.name = "bao"}, other}, now));
  auto first = published(page);
  std::get<NewArticle>(first.article).signature = NewSignature{.bytes = "x", .bands = {7, 8, 8}};
  commit(std::move(first));
  const auto row = find(page)->row;
  const auto candidates = Reader(path).copy_candidates(SourceRow(2), {8, 9}, now - 1h);
  ASSERT_EQ(candidates.size(), 1U);
  EXPECT_EQ(candidates[0].article, row);
  EXPECT_EQ(candidates[0].signature, "x");
  EXPECT_FALSE(candidates[0].is_own);
  const auto own = Reader(path).copy_candidates(SourceRow(1), {8}, now + 1h);
  ASSERT_EQ(own.size(), 1U) << "its own source, whenever it was seen";
  EXPECT_TRUE(own[0].is_own);
  EXPECT_EQ(Reader(path).stored_article(row)->id, find(page)->id);
  EXPECT_TRUE(Reader(path).copy_candidates(SourceRow(2), {8}, now + 1h).empty()) << "too old";
  auto second = published("http://b.test/1");
  second.source = SourceRow(2);
  second.standing->identifier = "43";
  std::get<NewArticle>(second.article).copy_of = row;
  commit(std::move(second));
  EXPECT_TRUE(find(page)->has_copies);
  const auto copies = Reader(path).copies(find(page)->id);
  ASSERT_EQ(copies.size(), 2U);
  EXPECT_EQ(copies[0].url, page);
  EXPECT_EQ(copies[1].source, "tin");
}

TEST_F(ArticlesTest, AnotherAddressIsLookedAtAtOnce) {
  commit(published(page));
  auto visit = look(1h);
  visit.check_now = {{"http://a.test/2", "a.test"}};
  commit(std::move(visit));
  const auto item = Reader(path).frontier_item("bao", "http://a.test/2");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->due_at, now + 1h);
  test::run(io,
            store.update_frontier({.row = item->row, .visited_at = now + 1h, .end = Retired{}}));
  auto later = look(2h);
  later.check_now = {{"http://a.test/2", "a.test"}};
  commit(std::move(later));
  EXPECT_EQ(Reader(path).frontier_item("bao", "http://a.test/2")->due_at, now + 2h)
      << "it is visited again";
}

TEST_F(ArticlesTest, AHitIsKeptWithItsEvent) {
  auto commit_hit = published(page);
  commit_hit.events.front().hit = NewHit{"n", "flood", "default", Transition::appeared};
  commit(std::move(commit_hit));
  EXPECT_EQ(
      all("SELECT h.watch || ' ' || h.transition || ' ' || h.revision || ' ' || e.id FROM hits h "
          "JOIN events e ON e.seq = h.event"),
      "flood appeared 1 e1\n");
}

TEST_F(ArticlesTest, ThePastIsToldByHours) {
  const auto seen = [&](const std::string& number, Duration later, Discovery discovery) {
    auto visit = published("http://a.test/" + number);
    visit.standing->identifier = number;
    visit.at = now + later;
    visit.discovery = discovery;
    commit(std::move(visit));
  };
  seen("1", 5min, Discovery::live);
  seen("2", 50min, Discovery::live);
  seen("3", 55min, Discovery::baseline);
  seen("4", 70min, Discovery::live);
  const auto hours = Reader(path).live_articles(now);
  ASSERT_EQ(hours.size(), 2U);
  EXPECT_EQ(hours[0].source, "bao");
  EXPECT_EQ(hours[0].articles, 2) << "what was there before is no habit";
  EXPECT_EQ(hours[0].last_seen_at, now + 50min);
  EXPECT_EQ(hours[1].articles, 1);
  EXPECT_EQ(Reader(path).live_articles(now + 1h).size(), 1U);
}

TEST_F(ArticlesTest, APageIsKeptWithTheHeadsAndTheAddress) {
  commit(published(page));
  const auto kept = Reader(path).last_capture(find(page)->row);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->request, "GET / HTTP/1.1\r\n");
  EXPECT_EQ(kept->headers, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n");
  EXPECT_EQ(kept->address, "127.0.0.1:80");
  EXPECT_EQ(kept->content_type, "text/html");
  EXPECT_EQ(find(page)->captured_at, now);
}

}  // namespace
}  // namespace tinwatch::storage
