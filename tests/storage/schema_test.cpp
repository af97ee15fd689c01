#include "schema.hpp"

#include "core/hash.hpp"
#include "sqlite.hpp"
#include "storage/store.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

/// A database as the version before schema 8 left it.
class SchemaSeven : public testing::Test {
 protected:
  SchemaSeven() {
    sqlite::Connection db(file);
    migrate(db, file, 7);
    db.execute(R"sql(
      INSERT INTO sources (name, title, active, last_success_at) VALUES ('bao', 'Báo', 1, 9);
      INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at, last_visit_at,
          last_success_at, failures, etag, last_modified, body_sha256, shortcuts, found_on, due_reason, is_start)
        VALUES (1, 'http://a.test/', 'a.test', 'listing', 'waiting', 'live', 1, 1, 60, 9, 9, 0, '', '', '', 0, '', 'r', 1),
               (1, 'http://a.test/1', 'a.test', 'article', 'waiting', 'live', 1, 5, 70, 50, 40, 2, '"é"', 'm', 's', 3,
                'http://a.test/', 'why', 0),
               (1, 'http://a.test/2', 'a.test', 'article', 'retired', 'live', 0, 6, 80, NULL, NULL, 0, '', '', '', 0, '', '', 0);
      INSERT INTO visits VALUES (2, 10, 20, 4, 'not_modified', ''), (2, 30, 50, 2, 'failed', 'HTTP status 503');
      INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, body)
        VALUES ('http://a.test/1', 'http://a.test/1', 5, 200, 'Content-Type: text/html; charset=x' || char(10), '', x'');
      INSERT INTO articles (row, id, source, canonical_url, status, discovery, first_seen_at, last_checked_at,
          last_shown_at, last_changed_at, headline, head_revision, extractor, profile_hash, event_sequence)
        VALUES (1, 'x', 1, 'http://a.test/1', 'live', 'live', 5, 40, 40, 5, 'H', 1, 'e', '', 1);
      INSERT INTO article_urls VALUES (1, 'http://a.test/1', 1, 40);
      INSERT INTO revisions (id, article, number, observed_at, extractor, profile_hash, record, editorial_hash,
          raw_sha256, change, previous_hash, hash) VALUES ('r', 1, 1, 5, 'e', '', '{}', '', '', '{}', '', '');
      INSERT INTO events (seq, id, type, source, article, at, sequence, discovery, data)
        VALUES (41, 'v', 'tinwatch.article.published', 1, 1, 5, 1, 'live', '{}');
      INSERT INTO deliveries (id, receiver, team, event, state, created_at, next_at)
        VALUES ('d', 'desk', 'default', 41, 'pending', 5, 5);
    )sql");
  }

  test::TempDir folder;
  std::string file = folder / "t.db";
};

TEST_F(SchemaSeven, KeepsWhatWasKnownOfEveryVisit) {
  const Store store(file);
  const Reader reader(file);
  const auto item = reader.frontier_item("bao", "http://a.test/1");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->due_at, Instant{} + 70ms);
  EXPECT_EQ(item->last_success_at, Instant{} + 40ms);
  EXPECT_EQ(item->failures, 2);
  EXPECT_EQ(item->shortcuts, 3);
  EXPECT_EQ(item->validators,
            (Validators{.etag = "\"é\"", .last_modified = "m", .body_sha256 = "s"}));
  const auto url = reader.explain("http://a.test/1").front();
  EXPECT_EQ(url.due_reason, "why");
  EXPECT_EQ(url.found_on, "http://a.test/");
  ASSERT_EQ(url.visits.size(), 2U);
  EXPECT_EQ(url.visits[0].outcome, "failed");
  EXPECT_EQ(url.visits[0].detail, "HTTP status 503");
  EXPECT_EQ(url.visits[0].times, 2);
  EXPECT_EQ(url.visits[0].first_at, Instant{} + 30ms);
  EXPECT_EQ(url.visits[0].last_at, Instant{} + 50ms);
  EXPECT_EQ(url.visits[1].times, 4);
  EXPECT_FALSE(reader.explain("http://a.test/2").front().waiting);
  const auto article = reader.find_article(SourceRow(1), "", "http://a.test/1", "");
  ASSERT_TRUE(article);
  EXPECT_EQ(article->last_shown_at, Instant{} + 40ms);
  EXPECT_TRUE(article->addresses.canonical_shown);
  EXPECT_EQ(reader.overview(Instant{}).sources.front().last_success_at, Instant{} + 9ms);
  EXPECT_EQ(reader.integrity_faults(), std::vector<std::string>{}) << "no reference is lost";
}

TEST_F(SchemaSeven, GoesOnCountingEventsAndTellsThem) {
  asio::io_context io;
  Store store(file);
  const Reader reader(file);
  EXPECT_EQ(reader.next_delivery("desk", Instant{} + 10ms)->id, "d");
  SourceReport report{.condition = {.source = "bao"}};
  report.events.push_back({.id = "w", .type = EventType::source_silent, .data = "{}"});
  test::run(io, store.report_source(std::move(report)));
  EXPECT_EQ(reader.events(41, std::nullopt, 9).front().seq, 42);
}

TEST_F(SchemaSeven, AStepThatFailsLeavesTheDatabaseAsItWas) {
  // As if the disk were full in the middle of it.
  {
    sqlite::Connection db(file);
    auto pages = db.prepare("PRAGMA page_count");
    ASSERT_TRUE(pages.step());
    const auto most = pages.integer(0) + 2;
    pages.reset();
    db.execute("PRAGMA max_page_count = " + std::to_string(most));
    EXPECT_THROW(migrate(db, file), sqlite::Error);
    EXPECT_EQ(schema_of(db), 7);
    auto kept = db.prepare("SELECT count(*) FROM frontier WHERE last_visit_at = 50");
    ASSERT_TRUE(kept.step());
    EXPECT_EQ(kept.integer(0), 1);
  }
  const Store again(file);
  EXPECT_TRUE(Reader(file).frontier_item("bao", "http://a.test/1"));
}

}  // namespace
}  // namespace tinwatch::storage
