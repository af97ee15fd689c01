#include "compression.hpp"
#include "schema.hpp"
#include "sqlite.hpp"
#include "storage/database_lock.hpp"
#include "storage/error.hpp"
#include "storage/store_fixture.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

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

TEST_F(StoreTest, TheStreamGoesBackByCursorAndLooksNoFurtherThanItMay) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  constexpr int more = 2500;
  auto edit = again("http://a.test/1");
  edit.events.clear();
  for (int i = 0; i < more; ++i)
    edit.events.push_back({.id = "m" + std::to_string(i),
                           .type = i == 3 ? EventType::article_moved : EventType::article_revised,
                           .at = now,
                           .data = "{}"});
  ASSERT_EQ(test::run(io, store.commit(std::move(edit))), CommitResult::committed);
  const Reader reader(path);
  const auto any = [](const Event&) { return true; };
  const auto first = reader.stream(0, 2, any);
  ASSERT_EQ(first.events.size(), 2U);
  EXPECT_EQ(first.events[0].seq, more + 1) << "newest first";
  EXPECT_EQ(reader.stream(first.next, 1, any).events.at(0).seq, more - 1);
  EXPECT_EQ(reader.stream(3, 5, any).events.size(), 2U);
  EXPECT_EQ(reader.stream(3, 5, any).next, 0) << "there are no older ones";
  const auto is_moved = [](const Event& event) { return event.type.ends_with("moved"); };
  const auto near = reader.stream(0, 5, is_moved);
  EXPECT_EQ(near.events.size(), 0U);
  EXPECT_EQ(near.next, more + 2 - static_cast<int>(EventPage::most_looked_at));
  EXPECT_EQ(reader.stream(near.next, 5, is_moved).events.size(), 1U);
  const auto article = first.events[0].article;
  EXPECT_EQ(reader.events_of(article, 3).size(), 3U);
  EXPECT_EQ(reader.events_of(article, 3)[0].seq, more + 1);
  EXPECT_EQ(reader.events_of("nothing", 3).size(), 0U);
}

TEST_F(StoreTest, WhatPeopleNameIsCounted) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  const Reader reader(path);
  EXPECT_EQ(reader.articles_with_prefix("00000000"), 1U);
  EXPECT_EQ(reader.articles_with_prefix("ffff"), 0U);
  EXPECT_EQ(reader.articles_with_prefix("000"), 0U) << "too short to be a prefix";
  EXPECT_TRUE(reader.has_source("bao"));
  EXPECT_FALSE(reader.has_source("khac"));
}

TEST_F(StoreTest, AVisitThatComparedWithAnOldRevisionIsAConflict) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  auto edit = again("http://a.test/1");
  auto late = edit;
  late.revision->id = "late";
  late.events.clear();
  EXPECT_EQ(test::run(io, store.commit(std::move(edit))), CommitResult::committed);
  EXPECT_EQ(test::run(io, store.commit(std::move(late))), CommitResult::conflict);
  EXPECT_EQ(find("http://a.test/1")->head.revision, 2);
}

TEST_F(StoreTest, AFailureUndoesTheWholeVisitAndNothingElse) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  auto edit = again("http://a.test/1");
  edit.events.front().id = "e1";  // an id that is taken: the event cannot be written
  EXPECT_THROW(test::run(io, store.commit(std::move(edit))), sqlite::Error);
  const Reader reader(path);
  EXPECT_EQ(find("http://a.test/1")->head.revision, 1) << "no revision without its event";
  EXPECT_EQ(reader.verify("").faults, std::vector<std::string>{});
  test::run(io, store.ping());
}

TEST_F(StoreTest, EveryWriteIsTimedAndNothingElse) {
  int timed = 0;
  store.on_commit([&](std::chrono::nanoseconds took) {
    EXPECT_GT(took.count(), 0);
    ++timed;
  });
  FrontierUpdate seen{.row = FrontierRow(1), .visited_at = now, .end = Seen{}};
  test::run(io, store.update_frontier(std::move(seen)));
  test::run(io, store.commit(published("http://a.test/1")));
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, storage::Delivered{now}));
  test::run(io, store.make_due("bao", now));
  EXPECT_EQ(timed, 4);
  test::run(io, store.ping());
  auto broken = again("http://a.test/1");
  broken.events.front().id = "e1";  // stands already
  EXPECT_THROW(test::run(io, store.commit(std::move(broken))), sqlite::Error);
  EXPECT_EQ(timed, 4) << "nothing was written";
}

TEST_F(StoreTest, DeliveriesLeaveInOrderAndADeadOneDoesNotBlock) {
  ASSERT_EQ(test::run(io, store.commit(published("http://a.test/1"))), CommitResult::committed);
  auto edit = again("http://a.test/1");
  ASSERT_EQ(test::run(io, store.commit(std::move(edit))), CommitResult::committed);
  const Reader reader(path);
  EXPECT_EQ(reader.next_delivery("desk", now)->id, "d1");
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"},
                              storage::TryLater{"HTTP status 503", now + 5s, now + 5s, now}));
  EXPECT_EQ(reader.next_delivery("desk", now + 5s)->id, "d1") << "nothing overtakes it";
  EXPECT_EQ(reader.receiver("desk").paused_until, now + 5s);
  test::run(io, store.end_try({.id = "d1", .receiver = "desk"}, storage::Dead{"HTTP status 404"}));
  EXPECT_EQ(reader.next_delivery("desk", now)->id, "d2");
  EXPECT_EQ(reader.receiver("desk").paused_until, std::nullopt);
  test::run(io, store.end_try({.id = "d2", .receiver = "desk"}, storage::Delivered{now}));
  EXPECT_FALSE(reader.next_delivery("desk", now));
}

TEST_F(StoreTest, AnArticleIsFoundByIdentifierOrAnyAddressThatShowedIt) {
  const std::string first = "http://a.test/1";
  const std::string second = "http://a.test/2";
  test::run(io, store.commit(published(first)));
  ASSERT_TRUE(find(first));
  ArticleCommit elsewhere = published(second);
  elsewhere.article = known(first);
  elsewhere.standing->canonical_url = first;
  elsewhere.at = now + 1h;
  elsewhere.revision.reset();
  elsewhere.state->record = R"({"restated":1})";
  elsewhere.events.clear();
  EXPECT_EQ(test::run(io, store.commit(std::move(elsewhere))), CommitResult::committed);
  const Reader reader(path);
  const auto known = reader.find_article(SourceRow(1), "", second, second);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->standing.identifier, "42");
  EXPECT_EQ(known->addresses.other, second);
  EXPECT_EQ(known->addresses.newer, second) << "it was shown there last";
  EXPECT_TRUE(known->addresses.canonical_shown);
  EXPECT_EQ(known->head.record, R"({"restated":1})");
  EXPECT_EQ(known->head.revision, 1);
  EXPECT_FALSE(reader.find_article(SourceRow(1), "43", second, second))
      << "another identifier is another article";
  EXPECT_FALSE(reader.find_article(SourceRow(2), "42", first, first));

  // Another article takes the address over: it did show this one once.
  ArticleCommit other = published(first);
  other.standing->identifier = "43";
  other.at = now + 2h;
  EXPECT_EQ(test::run(io, store.commit(std::move(other))), CommitResult::committed);
  const auto moved = reader.find_article(SourceRow(1), "42", first, first);
  ASSERT_TRUE(moved);
  EXPECT_TRUE(moved->addresses.canonical_shown);
  EXPECT_EQ(moved->addresses.other, second);
  EXPECT_EQ(moved->addresses.newer, "") << "the canonical address showed an article later";
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
  EXPECT_EQ(queue.due.front().validators.etag, "\"e\"");
  EXPECT_EQ(queue.due.front().shortcuts, 0);
  ASSERT_TRUE(reader.host("a.test"));
  EXPECT_EQ(reader.host("a.test")->state.next_allowed, Instant{} + 11ms);
  EXPECT_FALSE(reader.host("a.test")->state.validators_lied_at);
  EXPECT_FALSE(reader.host("a.test")->robots) << "it is asked for again";
  EXPECT_EQ(reader.find_article(SourceRow(1), "", "http://a.test/1", "")->head.record,
            R"({"a":1})");
  EXPECT_EQ(reader.find_article(SourceRow(1), "", "http://a.test/2", "")->head.record, R"({"b":3})")
      << "what a newer extractor made of the page";
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
    const auto parsing = store.parse_mark(FrontierRow(1));
    parsing.begin();
    copy_database(path, first);
    parsing.end();
  }
  {
    Store next(first);
    EXPECT_EQ(attempts(first), 1);
    const auto waiting = next.parse_mark(FrontierRow(1));
    const auto unknown = next.parse_mark(FrontierRow(77));
    unknown.begin();
    const auto parsing = next.parse_mark(FrontierRow(1));
    parsing.begin();
    copy_database(first, second);
  }
  { const Store next(second); }
  EXPECT_EQ(attempts(second), 2);
  Store again(second);
  EXPECT_EQ(attempts(second), 2) << "counted once";
  const Store in_order(path);
  EXPECT_EQ(attempts(path), 0) << "its mark was taken back";
  const auto third = other / "3.db";
  {
    const auto waiting = again.parse_mark(FrontierRow(1));
    copy_database(second, third);
  }
  { const Store next(third); }
  EXPECT_EQ(attempts(third), 2) << "a page that waits for its turn is not to blame";
}

TEST_F(StoreTest, AGlanceReadsTheRecordOfWhatWasNotThereLately) {
  const std::string url = "http://a.test/1";
  ASSERT_EQ(test::run(io, store.commit(published(url))), CommitResult::committed);
  const auto glance = [&] { return Reader(path).glance_at_article(SourceRow(1), url); };
  EXPECT_FALSE(Reader(path).glance_at_article(SourceRow(1), "http://a.test/2"));
  sqlite::Connection(path).execute("UPDATE articles SET identifier = NULL");
  ASSERT_TRUE(glance());
  EXPECT_EQ(glance()->id, find(url)->id);
  EXPECT_EQ(glance()->head.record, "");
  sqlite::Connection(path).execute("UPDATE articles SET absence_checks = 1");
  EXPECT_EQ(glance()->head.record, R"({"headline":"H"})");
  sqlite::Connection(path).execute("UPDATE articles SET absence_checks = 0, status = 'removed'");
  EXPECT_EQ(glance()->head.record, R"({"headline":"H"})");
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

/// The permission bits of a file.
unsigned mode_of(const std::string& file) {
  return static_cast<unsigned>(std::filesystem::status(file).permissions()) & 0777U;
}

TEST(Files, AreReadByTheOwnersGroupAndNobodyElse) {
  for (const mode_t mask : {0U, 022U, 077U}) {
    const test::TempDir folder;
    const auto file = folder / "t.db";
    const auto before = ::umask(mask);
    const Store store(file);
    ::umask(before);
    for (const auto* suffix : {"", "-wal", "-shm"})
      EXPECT_EQ(mode_of(file + suffix), 0640U) << suffix << " under umask " << mask;
  }
}

TEST(Files, KeepTheModeThatSomebodyGaveThem) {
  const test::TempDir folder;
  const auto file = folder / "t.db";
  { const Store store(file); }
  std::filesystem::permissions(file, std::filesystem::perms(0664));
  const Store again(file);
  EXPECT_EQ(mode_of(file), 0664U);
}

TEST(Damage, IsToldWithTheFilesNameAndWhatToDo) {
  const test::TempDir folder;
  const auto file = folder / "t.db";
  { const Store store(file); }
  EXPECT_EQ(Reader(file).integrity_faults(), std::vector<std::string>{});
  {
    std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(2 * 4096);
    damage << std::string(std::size_t{8} * 4096, 'x');
  }
  const auto faults = Reader(file).integrity_faults();
  ASSERT_FALSE(faults.empty());
  for (const auto& fault : faults) EXPECT_TRUE(fault.starts_with(file + ": ")) << fault;
  EXPECT_FALSE(Reader(file).verify("").is_whole());
  std::ofstream(file, std::ios::binary) << std::string(8192, 'x');
  try {
    const Reader reader(file);
    FAIL() << "it was opened";
  } catch (const Damaged& damaged) {
    EXPECT_TRUE(std::string(damaged.what()).starts_with(file + ": file is not a database; "));
    EXPECT_NE(std::string(damaged.what()).find("restore a backup"), std::string::npos);
  }
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
