#include "sqlite.hpp"
#include "storage/retention.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class WriteArticleTest : public StoreTest {
 protected:
  WriteArticleTest() {
    EXPECT_EQ(test::run(io, store.commit(published(url))), CommitResult::committed);
  }
  /// A visit that found the article at its first revision, after so many events, and has nothing to
  /// say of it.
  ArticleCommit look(std::int64_t events, Instant at = now) {
    auto commit = published(url);
    commit.at = at;
    commit.article = KnownArticle{.row = ArticleRow(1),
                                  .id = "00000000-0000-7000-8000-000000000001",
                                  .head_revision = 1,
                                  .event_sequence = events,
                                  .last_shown_at = now};
    commit.state.reset();
    commit.revision.reset();
    commit.capture.reset();
    commit.events.clear();
    return commit;
  }
  NewEvent event(EventType type) {
    return {.id = "e" + std::to_string(++made), .type = type, .at = now, .data = "{}"};
  }
  std::int64_t count(const std::string& sql) {
    sqlite::Connection db(path, sqlite::Access::query_only);
    auto query = db.prepare(sql);
    return query.step() ? query.integer(0) : -1;
  }

  const std::string url = "http://a.test/1";
};

/// Two visits at once, neither of which makes a revision: one says that the article is missing, the
/// other, which saw it before that, that it is back.
TEST_F(WriteArticleTest, AVisitThatMissedAnEventIsAConflict) {
  auto missing = look(1);
  missing.events.push_back(event(EventType::article_missing));
  auto late = look(1);
  late.events.push_back(event(EventType::article_returned));
  auto again = look(2);
  again.events.push_back(event(EventType::article_returned));
  EXPECT_EQ(test::run(io, store.commit(std::move(missing))), CommitResult::committed);
  EXPECT_EQ(test::run(io, store.commit(std::move(late))), CommitResult::conflict);
  EXPECT_EQ(test::run(io, store.commit(std::move(again))), CommitResult::committed);
  EXPECT_EQ(count("SELECT count(*) FROM events"), 3) << "published, missing, returned";
  EXPECT_EQ(count("SELECT event_sequence FROM articles"), 3);
}

/// The two halves of the lock, each alone: here nothing was told.
TEST_F(WriteArticleTest, AVisitThatMissedARevisionIsAConflict) {
  auto edit = again(url);
  edit.events.clear();
  EXPECT_EQ(test::run(io, store.commit(std::move(edit))), CommitResult::committed);
  EXPECT_EQ(find(url)->head.revision, 2);
  EXPECT_EQ(test::run(io, store.commit(look(1))), CommitResult::conflict);
}

TEST_F(WriteArticleTest, AVisitThatSaysNothingIsNoConflictToTheNext) {
  EXPECT_EQ(test::run(io, store.commit(look(1))), CommitResult::committed);
  EXPECT_EQ(test::run(io, store.commit(look(1))), CommitResult::committed);
}

TEST_F(WriteArticleTest, OneThatMovesToWhereItWasTakenForANewOneTakesThatPlace) {
  const auto at = [&](const std::string& address) {
    auto commit = published(address);
    commit.standing->identifier.clear();
    return commit;
  };
  const std::string before = "http://a.test/before";
  const std::string after = "http://a.test/after";
  EXPECT_EQ(test::run(io, store.commit(at(before))), CommitResult::committed);
  EXPECT_EQ(test::run(io, store.commit(at(after))), CommitResult::committed);
  const auto article = [&](const std::string& address) {
    return Reader(path).find_article(SourceRow(1), "", address, address);
  };
  const auto moving = article(before);
  const auto twin = article(after);
  ASSERT_TRUE(moving && twin);
  auto move = at(after);
  move.article = known(*moving);
  move.events.front().type = EventType::article_moved;
  EXPECT_EQ(test::run(io, store.commit(std::move(move))), CommitResult::committed);
  EXPECT_EQ(article(after)->row, moving->row);
  EXPECT_EQ(article(before)->row, moving->row) << "its old address is still its own";
  EXPECT_EQ(
      count("SELECT count(*) FROM revisions WHERE article = " + std::to_string(twin->row.value())),
      1)
      << "what the other one said stays";
}

TEST_F(WriteArticleTest, ReadingsKeepChangesAndNoRepetitions) {
  int hour = 0;
  for (const auto* views : {"5", "5", "6", "6", "5"}) {
    auto commit = look(1, now + ++hour * 1h);
    commit.readings = {{"viewCount", views}};
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
  EXPECT_EQ(count("SELECT count(*) FROM readings"), 3) << "5, 6 and 5 again";
}

TEST_F(WriteArticleTest, APageThatNoRevisionRestsOnGoesWhenTheNextComes) {
  for (int hour = 1; hour <= 3; ++hour) {
    auto commit = look(1, now + hour * 1h);
    commit.capture = std::make_shared<Capture>(Capture{
        .url = url, .final_url = url, .fetched_at = commit.at, .body = std::to_string(hour)});
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
  EXPECT_EQ(count("SELECT count(*) FROM captures"), 2) << "the revision's and the last one";
  const Reader reader(path);
  EXPECT_EQ(reader.last_capture(ArticleRow(1))->body, "3");
  EXPECT_EQ(reader.capture("00000000-0000-7000-8000-000000000001", 1)->body, "<p>");
  test::run(io, delete_old_pages(store, now + 1000h));
  EXPECT_FALSE(reader.capture("00000000-0000-7000-8000-000000000001", 1)) << "it is too old";
  EXPECT_EQ(reader.last_capture(ArticleRow(1))->body, "3") << "the next page is compared with it";
}

TEST_F(WriteArticleTest, APageBesideTheArticlesStateIsKeptForItsRevisionAlone) {
  auto kept = look(1, now + 1h);
  kept.capture = std::make_shared<Capture>(
      Capture{.url = url, .final_url = url, .fetched_at = kept.at, .body = "whole"});
  EXPECT_EQ(test::run(io, store.commit(std::move(kept))), CommitResult::committed);
  auto aside = again(url);
  aside.at = now + 2h;
  aside.capture = std::make_shared<Capture>(
      Capture{.url = url, .final_url = url, .fetched_at = aside.at, .body = "half"});
  aside.is_aside = true;
  EXPECT_EQ(test::run(io, store.commit(std::move(aside))), CommitResult::committed);
  const Reader reader(path);
  EXPECT_EQ(reader.last_capture(ArticleRow(1))->body, "whole");
  EXPECT_EQ(reader.capture("00000000-0000-7000-8000-000000000001", 2)->body, "half");
}

TEST_F(WriteArticleTest, ACheckThatFailedDoesNotShowTheArticle) {
  auto failed = look(1, now + 1h);
  failed.url.clear();
  failed.standing->absence = {.checks = 1, .since = failed.at};
  EXPECT_EQ(test::run(io, store.commit(std::move(failed))), CommitResult::committed);
  EXPECT_EQ(find(url)->last_shown_at, now);
  EXPECT_EQ(find(url)->standing.absence, (Absence{.checks = 1, .since = now + 1h}));
  EXPECT_EQ(test::run(io, store.commit(look(1, now + 2h))), CommitResult::committed);
  EXPECT_EQ(find(url)->last_shown_at, now + 2h);
  EXPECT_EQ(find(url)->standing.absence, Absence{});
}

}  // namespace
}  // namespace tinwatch::storage
