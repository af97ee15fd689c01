#include "storage/retention.hpp"

#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

#include <filesystem>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class RetentionTest : public StoreTest {
 protected:
  /// Pages that belong to no article, an hour apart, of so many bytes.
  void keep_pages(int count, int bytes) {
    sqlite::Connection db(path);
    db.execute("BEGIN");
    for (int i = 0; i < count; ++i)
      db.use(
            "INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, body) "
            "VALUES ('', '', ?1, "
            "200, '', '', ?2)")
          .bind(now + i * 1h, sqlite::Blob{std::string(static_cast<std::size_t>(bytes), 'x')})
          .run();
    db.execute("COMMIT");
  }
  std::int64_t number(const char* sql) {
    sqlite::Connection db(path);
    return db.prepare(sql).number().value_or(-1);
  }
};

TEST_F(RetentionTest, WhatIsOldGoesInManySteps) {
  keep_pages(1700, 10);
  EXPECT_EQ(test::run(io, delete_old_pages(store, now + 1600h)), 1600);
  EXPECT_EQ(number("SELECT count(*) FROM captures"), 100);
  EXPECT_EQ(test::run(io, delete_old_pages(store, now + 1600h)), 0);
}

TEST_F(RetentionTest, PagesOfTheSameMomentAreNotSkipped) {
  {
    keep_pages(1200, 1);
    sqlite::Connection db(path);
    db.execute("UPDATE captures SET fetched_at = 5");
  }
  EXPECT_EQ(test::run(io, delete_old_pages(store, now)), 1200);
}

TEST_F(RetentionTest, AnArticlesLastPageStaysAndTheChainIsWhole) {
  test::run(io, store.commit(published("http://a.test/1")));
  auto later = again("http://a.test/1");
  later.at = now + 1h;
  later.frontier.visited_at = later.at;
  later.events.front().at = later.at;
  later.events.front().type = EventType::article_revised;
  later.events.front().data =
      R"({"article":{"id":"00000000-0000-7000-8000-000000000001"},"revision":2})";
  auto capture = std::make_shared<Capture>(*later.capture);
  capture->fetched_at = later.at;
  capture->body = "<p>other";
  capture->sha256 = sha256_hex(capture->body);
  later.capture = capture;
  test::run(io, store.commit(std::move(later)));
  EXPECT_EQ(test::run(io, delete_old_pages(store, now + 1000h)), 1);
  const Reader reader(path);
  EXPECT_EQ(reader.last_capture(ArticleRow(1))->body, "<p>other");
  const auto report = reader.verify("");
  EXPECT_EQ(report.faults, std::vector<std::string>{});
  EXPECT_EQ(report.revisions, 2);
  EXPECT_EQ(report.pages_gone, 1);
}

TEST_F(RetentionTest, OldReadingsGoButForTheLastOfEachName) {
  constexpr int articles = 1200;
  {
    sqlite::Connection db(path);
    db.execute("PRAGMA foreign_keys = OFF; BEGIN");
    for (int i = 1; i <= articles; ++i) {
      for (int day = 0; day < 3; ++day)
        db.use("INSERT INTO readings (article, name, at, value) VALUES (?1, ?2, ?3, ?4)")
            .bind(i, i % 2 == 0 ? "viewCount" : "dateModified", now + day * 24h,
                  std::to_string(day))
            .run();
    }
    db.execute("COMMIT");
  }
  test::run(io, store.commit(published("http://a.test/1")));
  {
    sqlite::Connection db(path);
    db.execute("PRAGMA foreign_keys = OFF; UPDATE articles SET row = 1200");
  }
  EXPECT_EQ(test::run(io, delete_old_readings(store, now + 24h)), articles) << "the first day's";
  EXPECT_EQ(test::run(io, delete_old_readings(store, now + 100 * 24h)), articles);
  EXPECT_EQ(number("SELECT count(*) FROM readings WHERE value = '2'"), articles);
  EXPECT_EQ(number("SELECT count(*) FROM readings"), articles);
}

TEST_F(RetentionTest, FreePagesAreGivenBackButForSome) {
  keep_pages(800, 8000);
  const auto before = number("PRAGMA page_count");
  test::run(io, delete_old_pages(store, now + 700h));
  ASSERT_GT(number("PRAGMA freelist_count"), before / 2);
  const auto given_back = test::run(io, give_back_space(store));
  EXPECT_GT(given_back, before / 2);
  EXPECT_EQ(number("PRAGMA page_count"), before - given_back);
  EXPECT_GT(number("PRAGMA freelist_count"), 0) << "what is written next needs some";
  EXPECT_EQ(test::run(io, give_back_space(store)), 0);
  EXPECT_EQ(Reader(path).integrity_faults(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tinwatch::storage
