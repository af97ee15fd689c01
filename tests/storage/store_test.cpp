#include "storage/store.hpp"

#include "compression.hpp"
#include "schema.hpp"
#include "sqlite.hpp"
#include "storage/database_lock.hpp"
#include "storage/error.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

#include <filesystem>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 1000h;

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    SourceEntry source{.name = "bao", .title = "Báo"};
    source.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({source}, now));
  }

  /// A new article known by its identifier, shown at `url`.
  ArticleCommit published(const std::string& url) {
    ArticleCommit commit{.source = SourceRow(1),
                         .at = now,
                         .id = "00000000-0000-7000-8000-00000000000" + std::to_string(++made),
                         .identifier = "42",
                         .canonical_url = url,
                         .url = url,
                         .headline = "H",
                         .record = "{}",
                         .extractor = "e",
                         .profile_hash = "p"};
    commit.revision =
        NewRevision{.id = "r" + std::to_string(made), .editorial_hash = "h", .change = "{}"};
    commit.capture = std::make_shared<Capture>(Capture{.url = url,
                                                       .final_url = url,
                                                       .fetched_at = now,
                                                       .status = 200,
                                                       .headers = "Content-Type: text/html\n",
                                                       .body = "<p>",
                                                       .sha256 = "s"});
    commit.events.push_back({.id = "e" + std::to_string(made),
                             .type = "tinwatch.article.published",
                             .at = now,
                             .data = "{}",
                             .deliveries = {{"d" + std::to_string(made), "desk", "default"}}});
    commit.frontier.row = FrontierRow(1);
    return commit;
  }
  std::optional<StoredArticle> find(const std::string& url) {
    const Reader reader(path);
    return reader.find_article(SourceRow(1), "42", url, url);
  }

  int made = 0;
  test::TempDir folder;
  std::string path = folder / "t.db";
  asio::io_context io;
  Store store{path};
};

TEST_F(StoreTest, EightAliasesAtOnceAreOneArticleAndOneEvent) {
  int committed = 0;
  int conflicts = 0;
  for (int i = 0; i < 8; ++i) {
    asio::co_spawn(io, store.commit(published("http://a.test/" + std::to_string(i))),
                   [&](const std::exception_ptr& failure, CommitResult result) {
                     ASSERT_FALSE(failure);
                     ++(result == CommitResult::committed ? committed : conflicts);
                   });
  }
  io.restart();
  io.run();
  EXPECT_EQ(committed, 1);
  EXPECT_EQ(conflicts, 7);
  const Reader reader(path);
  EXPECT_EQ(reader.articles({}).size(), 1U);
  EXPECT_EQ(reader.events(0, std::nullopt, 100).size(), 1U);
}

TEST_F(StoreTest, AVisitThatComparedWithAnOldRevisionIsAConflict) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  auto edit = published("http://a.test/1");
  edit.article = find("http://a.test/1")->row;
  edit.expected_head = 1;
  edit.expected_sequence = 1;
  auto late = edit;
  late.revision->id = "late";
  late.events.clear();
  EXPECT_EQ(test::run(io, store.commit(std::move(edit))), CommitResult::committed);
  EXPECT_EQ(test::run(io, store.commit(std::move(late))), CommitResult::conflict);
  EXPECT_EQ(find("http://a.test/1")->head_revision, 2);
}

TEST_F(StoreTest, AFailureUndoesTheWholeVisitAndNothingElse) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  auto edit = published("http://a.test/1");
  edit.article = find("http://a.test/1")->row;
  edit.expected_head = 1;
  edit.expected_sequence = 1;
  edit.events.front().id = "e1";  // an id that is taken: the event cannot be written
  EXPECT_THROW(test::run(io, store.commit(std::move(edit))), sqlite::Error);
  const Reader reader(path);
  EXPECT_EQ(find("http://a.test/1")->head_revision, 1) << "no revision without its event";
  EXPECT_EQ(reader.verify_chain("").faults, std::vector<std::string>{});
  test::run(io, store.ping());
}

TEST_F(StoreTest, TheChainFindsATamperedRevision) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  sqlite::Connection(path).execute("UPDATE revisions SET record = '{\"headline\":\"other\"}'");
  const Reader reader(path);
  ASSERT_EQ(reader.verify_chain("").faults.size(), 1U);
  EXPECT_NE(reader.verify_chain("").faults[0].find("was changed after it was stored"),
            std::string::npos);
  sqlite::Connection(path).execute("PRAGMA foreign_keys = OFF; DELETE FROM revisions");
  ASSERT_EQ(reader.verify_chain("").faults.size(), 1U);
  EXPECT_EQ(reader.verify_chain("").faults[0], "source bao: all its revisions are missing");
}

TEST_F(StoreTest, DeliveriesLeaveInOrderAndADeadOneDoesNotBlock) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  auto edit = published("http://a.test/1");
  edit.article = find("http://a.test/1")->row;
  edit.expected_head = 1;
  edit.expected_sequence = 1;
  ASSERT_EQ(test::run(io, store.commit(std::move(edit))), CommitResult::committed);
  const Reader reader(path);
  EXPECT_EQ(reader.next_delivery("desk")->id, "d1");
  test::run(io, store.mark_retry("d1", "HTTP status 503", now + 5s));
  EXPECT_EQ(reader.next_delivery("desk")->id, "d1") << "nothing overtakes it";
  EXPECT_EQ(reader.receiver("desk").paused_until, now + 5s);
  test::run(io, store.mark_dead("d1", "HTTP status 404"));
  EXPECT_EQ(reader.next_delivery("desk")->id, "d2");
  EXPECT_EQ(reader.receiver("desk").paused_until, std::nullopt);
  test::run(io, store.mark_delivered("d2", now));
  EXPECT_FALSE(reader.next_delivery("desk"));
}

TEST_F(StoreTest, AnArticleIsFoundByIdentifierOrAnyAddressThatShowedIt) {
  const std::string first = "http://a.test/1";
  const std::string second = "http://a.test/2";
  test::run(io, store.commit(published(first)));
  ASSERT_TRUE(find(first));
  ArticleCommit again = published(second);
  again.article = find(first)->row;
  again.expected_head = 1;
  again.expected_sequence = 1;
  again.canonical_url = first;
  again.at = now + 1h;
  again.revision.reset();
  again.record = R"({"restated":1})";
  again.events.clear();
  EXPECT_EQ(test::run(io, store.commit(std::move(again))), CommitResult::committed);
  const Reader reader(path);
  const auto known = reader.find_article(SourceRow(1), "", second, second);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->identifier, "42");
  EXPECT_EQ(known->other_address, second);
  EXPECT_EQ(known->newer_address, second) << "it was shown there last";
  EXPECT_TRUE(known->canonical_shown);
  EXPECT_EQ(known->record, R"({"restated":1})");
  EXPECT_EQ(known->head_revision, 1);
  EXPECT_FALSE(reader.find_article(SourceRow(1), "43", second, second))
      << "another identifier is another article";
  EXPECT_FALSE(reader.find_article(SourceRow(2), "42", first, first));

  // Another article takes the address over: it did show this one once.
  ArticleCommit other = published(first);
  other.identifier = "43";
  other.at = now + 2h;
  EXPECT_EQ(test::run(io, store.commit(std::move(other))), CommitResult::committed);
  const auto moved = reader.find_article(SourceRow(1), "42", first, first);
  ASSERT_TRUE(moved);
  EXPECT_TRUE(moved->canonical_shown);
  EXPECT_EQ(moved->other_address, second);
  EXPECT_EQ(moved->newer_address, "") << "the canonical address showed an article later";
}

TEST_F(StoreTest, ADatabaseOfTheFirstSchemaKeepsItsPagesAndArticles) {
  const auto file = folder / "old.db";
  {
    sqlite::Connection db(file);
    migrate(db, file, 1);
    db.execute(R"sql(
      INSERT INTO sources (name, title, active) VALUES ('bao', 'Báo', 1);
      INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at, wait, etag)
        VALUES (1, 'http://a.test/1', 'a.test', 'article', 'waiting', 'live', 1, 5, 7, 60000, '"e"');
      INSERT INTO hosts VALUES ('a.test', 11, NULL, 0, NULL, '', 404, 3, 0);
      INSERT INTO articles (row, id, source, canonical_url, status, discovery, first_seen_at, last_checked_at,
        last_shown_at, last_changed_at, headline, head_revision, record, extractor, profile_hash)
        VALUES (1, 'x', 1, 'http://a.test/1', 'live', 'live', 5, 5, 5, 5, '1', 1, '{"a":1}', 'e', ''),
               (2, 'y', 1, 'http://a.test/2', 'live', 'live', 5, 5, 5, 5, '2', 2, '{"b":3}', 'e', '');
      INSERT INTO revisions (id, article, number, observed_at, extractor, profile_hash, record, editorial_hash,
        raw_sha256, change, previous_hash, hash)
        VALUES ('r', 1, 1, 5, 'e', '', '{"a":1}', '', '', '{}', '', ''),
               ('s', 2, 1, 5, 'e', '', '{"b":1}', '', '', '{}', '', ''),
               ('t', 2, 2, 5, 'e', '', '{"b":2}', '', '', '{}', '', '');
    )sql");
  }
  const Store migrated(file);
  const Reader reader(file);
  EXPECT_EQ(reader.queues(),
            (std::vector<std::pair<std::string, Instant>>{{"a.test", Instant{} + 7ms}}));
  const auto queue = reader.queue({"a.test", 5}, now);
  ASSERT_EQ(queue.due.size(), 1U);
  EXPECT_EQ(queue.due.front().etag, "\"e\"");
  EXPECT_EQ(queue.due.front().shortcuts, 0);
  ASSERT_TRUE(reader.host("a.test"));
  EXPECT_EQ(reader.host("a.test")->robots_status, 404);
  EXPECT_FALSE(reader.host("a.test")->validators_lied_at);
  EXPECT_EQ(reader.find_article(SourceRow(1), "", "http://a.test/1", "")->record, R"({"a":1})");
  EXPECT_EQ(reader.find_article(SourceRow(1), "", "http://a.test/2", "")->record, R"({"b":3})")
      << "what a newer extractor made of the page";
}

TEST_F(StoreTest, AQueueGivesNewArticlesFirstAndSaysWhatIsNext) {
  ListCommit list{
      .frontier = {.row = FrontierRow(1), .visited_at = now, .due_at = now + 1h, .success = true},
      .source = SourceRow(1),
      .at = now - 1h,
      .discovery = Discovery::baseline};
  list.found = {{"http://a.test/old", "a.test", TargetKind::article}};
  test::run(io, store.commit_list(list));
  list.at = now;
  list.discovery = Discovery::live;
  list.found = {{"http://a.test/1", "a.test", TargetKind::article},
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

TEST_F(StoreTest, AListThatNamesHardlyAnythingKnownIsReadOn) {
  ListCommit list{.frontier = {.row = FrontierRow(1), .visited_at = now, .success = true},
                  .source = SourceRow(1),
                  .at = now,
                  .url = "http://a.test/"};
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
  const FrontierUpdate read{.row = further()->row,
                            .visited_at = now,
                            .due_at = now,
                            .success = true,
                            .state = FrontierState::retired};
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
  list.at = now + 2h;
  list.found = {{"http://a.test/7", "a.test"}, {"http://a.test/8", "a.test"}};
  EXPECT_TRUE(test::run(io, store.commit_list(list)).has_gap);
  EXPECT_TRUE(is_due(now + 24h));
}

TEST_F(StoreTest, ReadersCannotWrite) {
  sqlite::Connection reader(path, sqlite::Access::query_only);
  EXPECT_THROW(reader.execute("DELETE FROM articles"), sqlite::Error);
}

TEST_F(StoreTest, KnowsWhetherTheLastRunEndedInOrder) {
  test::TempDir other;
  const auto file = other / "t.db";
  EXPECT_TRUE(Store(file).was_clean());
  {
    Store second(file);
    EXPECT_FALSE(second.was_clean());
    test::run(io, second.close_cleanly());
  }
  EXPECT_TRUE(Store(file).was_clean());
}

/// What a killed process leaves behind: its files as they are.
void copy_database(const std::string& from, const std::string& to) {
  for (const auto* suffix : {"", "-wal", ".parsing"})
    if (std::filesystem::exists(from + suffix))
      std::filesystem::copy_file(from + suffix, to + suffix);
}

TEST_F(StoreTest, KnowsWhichPageADeadProcessWasParsing) {
  const auto attempts = [](const std::string& file) {
    return Reader(file).frontier_item("bao", "http://a.test/")->parse_attempts;
  };
  const test::TempDir other;
  const auto first = other / "1.db";
  const auto second = other / "2.db";
  {
    const auto parsing = store.begin_parse(FrontierRow(1));
    copy_database(path, first);
  }
  {
    Store next(first);
    EXPECT_EQ(attempts(first), 1);
    { const auto harmless = next.begin_parse(FrontierRow(1)); }
    const auto unknown = next.begin_parse(FrontierRow(77));
    const auto parsing = next.begin_parse(FrontierRow(1));
    copy_database(first, second);
  }
  { const Store next(second); }
  EXPECT_EQ(attempts(second), 2);
  const Store again(second);
  EXPECT_EQ(attempts(second), 2) << "counted once";
  const Store in_order(path);
  EXPECT_EQ(attempts(path), 0) << "its mark was taken back";
}

TEST_F(StoreTest, AGlanceReadsTheRecordOfWhatWasNotThereLately) {
  const std::string url = "http://a.test/1";
  ASSERT_EQ(test::run(io, store.commit(published(url))), CommitResult::committed);
  const auto glance = [&] { return Reader(path).glance_at_article(SourceRow(1), url); };
  EXPECT_FALSE(Reader(path).glance_at_article(SourceRow(1), "http://a.test/2"));
  sqlite::Connection(path).execute("UPDATE articles SET identifier = NULL");
  ASSERT_TRUE(glance());
  EXPECT_EQ(glance()->id, find(url)->id);
  EXPECT_EQ(glance()->record, "");
  sqlite::Connection(path).execute("UPDATE articles SET absence_checks = 1");
  EXPECT_EQ(glance()->record, "{}");
  sqlite::Connection(path).execute("UPDATE articles SET absence_checks = 0, status = 'removed'");
  EXPECT_EQ(glance()->record, "{}");
}

TEST_F(StoreTest, KeepsAResponseAsItWasSent) {
  const std::string body(10'000, 'x');
  auto commit = published("http://a.test/1");
  auto capture = *commit.capture;
  capture.body = body;
  capture.coding = "zstd";
  capture.sent = compress(body);
  commit.capture = std::make_shared<Capture>(capture);
  ASSERT_EQ(test::run(io, store.commit(commit)), CommitResult::committed);
  sqlite::Connection db(path, sqlite::Access::query_only);
  auto kept = db.prepare("SELECT coding, body FROM captures");
  ASSERT_TRUE(kept.step());
  EXPECT_EQ(kept.text(0), "zstd");
  EXPECT_EQ(decompress(kept.blob(1)), capture.sent);
  const Reader reader(path);
  EXPECT_EQ(reader.last_capture(find("http://a.test/1")->row)->body, body);
}

TEST_F(StoreTest, FindsAnArticleByPrefixAndByUrl) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  const Reader reader(path);
  EXPECT_TRUE(reader.article("00000000-0000-7"));
  EXPECT_TRUE(reader.article("http://a.test/1"));
  EXPECT_FALSE(reader.article("ffff"));
  EXPECT_FALSE(reader.article("' OR 1=1 --"));
  EXPECT_EQ(reader.last_capture(find("http://a.test/1")->row)->content_type, "text/html");
}

TEST(Schema, ANewerDatabaseIsLeftAlone) {
  test::TempDir folder;
  const auto file = folder / "t.db";
  sqlite::Connection(file).execute("PRAGMA user_version = 99");
  EXPECT_THROW(Store{file}, Unusable);
  EXPECT_THROW(Reader{file}, Unusable);
}

TEST(DatabaseLock, IsHeldByOne) {
  test::TempDir folder;
  const auto first = DatabaseLock::try_acquire(folder / "t.db");
  EXPECT_TRUE(first);
  EXPECT_FALSE(DatabaseLock::try_acquire(folder / "t.db"));
}

}  // namespace
}  // namespace tinwatch::storage
