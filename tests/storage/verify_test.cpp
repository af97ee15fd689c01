#include "storage/verify.hpp"

#include "compression.hpp"
#include "sqlite.hpp"
#include "storage/retention.hpp"
#include "storage/store_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

constexpr auto first_id = "00000000-0000-7000-8000-000000000001";

/// Two newspapers. Of `bao`: an article of three revisions that was removed (row 1), and one that
/// a newer extractor read otherwise and that was looked at once more since (row 2). Of `tin`: one
/// article (row 3).
class VerifyTest : public StoreTest {
 protected:
  VerifyTest() {
    SourceEntry bao{.name = "bao", .title = "Báo"};
    bao.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    SourceEntry tin{.name = "tin", .title = "Tin"};
    tin.start.push_back({"http://b.test/", "b.test", TargetKind::listing});
    test::run(io, store.sync_sources({bao, tin}, now));

    commit(seen(1, 1, 0h, "published"));
    commit(seen(1, 2, 1h, "revised"));
    commit(seen(1, 3, 2h, "revised"));
    auto second = seen(2, 1, 3h, "published");
    commit(second);
    auto third = seen(3, 1, 4h, "published");
    third.source = SourceRow(2);
    commit(third);
    auto restated = seen(2, 1, 5h, "");
    restated.state->record = R"({"headline":"restated"})";
    restated.state->headline = "restated";
    commit(restated);
    commit(gone(ArticleStatus::missing, 6h));
    commit(gone(ArticleStatus::removed, 7h));
  }

  static std::string id(int article) {
    return std::string(first_id).substr(0, 35) + char('0' + article);
  }
  static std::string where(int article) { return "article " + id(article); }

  void commit(ArticleCommit visit) {
    ASSERT_EQ(test::run(io, store.commit(std::move(visit))), CommitResult::committed);
  }

  /// A page of an article: a new revision, unless nothing happened.
  ArticleCommit seen(int article, int revision, Duration later, const std::string& what) {
    const auto number = std::to_string(article) + '.' + std::to_string(++made);
    const auto body = "<p>page " + number;
    auto out = published("http://a.test/" + std::to_string(article));
    out.at = now + later;
    out.article = NewArticle{.id = id(article)};
    out.standing->identifier = std::to_string(article);
    out.state->headline = "H" + number;
    out.state->record = R"({"headline":"H)" + number + "\"}";
    out.capture = std::make_shared<Capture>(Capture{.url = out.url,
                                                    .final_url = out.url,
                                                    .fetched_at = out.at,
                                                    .status = 200,
                                                    .headers = "",
                                                    .body = body,
                                                    .sha256 = sha256_hex(body)});
    out.revision->id = "r" + number;
    out.events.clear();
    if (what.empty())
      out.revision.reset();
    else
      out.events.push_back(event("tinwatch.article." + what, article, revision, out.at));
    known(out, article, what == "published");
    return out;
  }
  ArticleCommit gone(ArticleStatus status, Duration later) {
    ArticleCommit out{.source = SourceRow(1),
                      .at = now + later,
                      .standing = Standing{.identifier = "1",
                                           .canonical_url = "http://a.test/1",
                                           .absence = {.status = status, .checks = 2}}};
    out.frontier = {.row = FrontierRow(1), .visited_at = out.at, .end = Retired{}};
    out.events.push_back(event("tinwatch.article." + std::string(label(status)), 1, 3, out.at));
    known(out, 1, false);
    return out;
  }
  NewEvent event(const std::string& type, int article, int revision, Instant at) {
    return {.id = "e" + std::to_string(++made),
            .type = event_type_from(type).value(),
            .at = at,
            .data = R"({"article":{"id":")" + id(article) + R"("},"revision":)" +
                    std::to_string(revision) + '}'};
  }
  void known(ArticleCommit& out, int article, bool is_new) {
    auto& heads = articles[article];
    if (!is_new) {
      out.article = KnownArticle{.row = ArticleRow(article),
                                 .id = id(article),
                                 .head_revision = heads.first,
                                 .event_sequence = heads.second};
    }
    if (out.revision) ++heads.first;
    heads.second += static_cast<std::int64_t>(out.events.size());
  }

  /// What is found in a copy of the database in which `sql` was done.
  std::vector<std::string> faults_after(const std::string& sql, const std::string& article = "") {
    const auto copy = folder / ("copy" + std::to_string(++made) + ".db");
    sqlite::Connection(path).execute("VACUUM INTO '" + copy + "'");
    sqlite::Connection(copy).execute("PRAGMA foreign_keys = OFF; " + sql);
    return Reader(copy).verify(article).faults;
  }
  void finds(const std::string& forgery, const std::string& fault) {
    const auto faults = faults_after(forgery);
    EXPECT_NE(std::find(faults.begin(), faults.end(), fault), faults.end())
        << forgery << "\nis not found by\n"
        << fault << "\nbut as\n"
        << testing::PrintToString(faults);
  }
  /// The same, and no other check says a word.
  void finds_only(const std::string& forgery, const std::string& fault) {
    EXPECT_EQ(faults_after(forgery), std::vector<std::string>{fault}) << forgery;
  }

  std::map<int, std::pair<int, std::int64_t>> articles;  // head and events, as committed
};

TEST_F(VerifyTest, WhatNobodyTouchedIsWhole) {
  const auto report = Reader(path).verify("");
  EXPECT_EQ(report.faults, std::vector<std::string>{});
  EXPECT_TRUE(report.is_whole());
  EXPECT_EQ(report.revisions, 5);
  EXPECT_EQ(report.articles, 3);
  EXPECT_EQ(report.events, 7);
  EXPECT_EQ(report.pages_kept, 6) << "those of the revisions, and the last look at the second";
  EXPECT_EQ(report.pages_gone, 0);
  ASSERT_EQ(report.sources.size(), 2U);
  EXPECT_EQ(report.sources[0].name, "bao");
  EXPECT_EQ(report.sources[0].revisions, 4);
  EXPECT_EQ(report.sources[0].head.size(), 64U);
  EXPECT_EQ(report.sources[1].revisions, 1);
  EXPECT_EQ(faults_after(""), std::vector<std::string>{}) << "a copy is whole as well";
}

TEST_F(VerifyTest, PagesThatAreNotKeptAnyMoreAreCountedAndNoFault) {
  test::run(io, delete_old_pages(store, now + 1h + 1min));
  const auto report = Reader(path).verify("");
  EXPECT_EQ(report.faults, std::vector<std::string>{});
  EXPECT_EQ(report.pages_gone, 2);
  EXPECT_EQ(report.newest_gone, now + 1h);
  EXPECT_EQ(report.pages_kept, 4);
}

TEST_F(VerifyTest, ARawPageIsTheOneThatWasStored) {
  const auto page = where(1) + " revision 1: its raw page ";
  finds_only("UPDATE captures SET body = (SELECT body FROM captures WHERE row = 2) WHERE row = 1",
             page + "was changed after it was stored");
  finds_only(
      "UPDATE captures SET (body, sha256) = (SELECT body, sha256 FROM captures WHERE row = 2) "
      "WHERE row = 1",
      page + "is another one than it was made of");
  finds_only("UPDATE captures SET body = x'00' WHERE row = 1", page + "cannot be unpacked");
  finds_only("DELETE FROM captures WHERE row = 1", page + "was deleted, and it still refers to it");
  finds("UPDATE revisions SET capture = 2 WHERE row = 1",
        page + "is another one than it was made of");
  finds("UPDATE revisions SET capture = NULL WHERE row = 1",
        "raw page http://a.test/1 as fetched at 1970-02-11T16:00:00Z: the revision or article "
        "that it was kept for is missing");
  finds_only(
      "UPDATE captures SET body = (SELECT body FROM captures WHERE row = 1) WHERE row = "
      "(SELECT last_capture FROM articles WHERE row = 2)",
      where(2) + ", last page: its raw page was changed after it was stored");
}

TEST_F(VerifyTest, ARevisionIsTheOneThatWasStored) {
  const auto changed = where(1) + " revision 2: was changed after it was stored";
  finds_only("UPDATE revisions SET record = '{}' WHERE row = 2", changed);
  finds("UPDATE revisions SET observed_at = observed_at - 1 WHERE row = 2", changed);
  finds("UPDATE revisions SET raw_sha256 = '' WHERE row = 2", changed);
  finds("UPDATE revisions SET article = 3, number = 2 WHERE row = 2",
        where(3) + " revision 2: was changed after it was stored");
  finds("UPDATE revisions SET row = 99 WHERE row = 2",
        where(1) + " revision 3: does not follow the revision before it");
}

TEST_F(VerifyTest, NoRevisionIsMissing) {
  finds("DELETE FROM revisions WHERE row = 2",
        where(1) + ": revision 2 is missing before revision 3");
  finds("DELETE FROM revisions WHERE row = 2",
        where(1) + " revision 3: does not follow the revision before it");
  finds("DELETE FROM revisions WHERE row = 4",
        "source bao: the chain's end is not the recorded head: revisions are missing, or the head "
        "was set back");
  finds("DELETE FROM revisions WHERE article <> 3", "source bao: all its revisions are missing");
  finds("UPDATE sources SET chain_head = '' WHERE row = 1",
        "source bao: the chain's end is not the recorded head: revisions are missing, or the head "
        "was set back");
}

/// As whoever knows the schema would do it, one step further each time.
TEST_F(VerifyTest, ALastRevisionThatWasTakenBackIsFound) {
  std::string forgery =
      "DELETE FROM revisions WHERE row = 5; UPDATE sources SET chain_head = '' WHERE row = 2;";
  finds(forgery, where(3) + ": all its revisions are missing");
  forgery =
      "UPDATE sources SET chain_head = (SELECT previous_hash FROM revisions WHERE row = 4) WHERE "
      "row = 1; DELETE FROM revisions WHERE row = 4; DELETE FROM articles WHERE row = 2;";
  finds(forgery,
        "source bao: found its newest article at 1970-02-11T19:00:00Z as its row "
        "says, at 1970-02-11T16:00:00Z as the newest one says");
  finds(forgery, "event 4: its article is missing");

  // A source with one article of two revisions.
  auto edit = seen(3, 2, 8h, "revised");
  edit.source = SourceRow(2);
  commit(edit);
  forgery =
      "DELETE FROM revisions WHERE row = 6; UPDATE sources SET chain_head = (SELECT hash FROM "
      "revisions WHERE row = 5) WHERE row = 2;";
  finds(forgery, where(3) + ": its row names revision 2 as the newest, stored is revision 1");
  forgery +=
      "UPDATE articles SET head_revision = 1, headline = (SELECT record ->> 'headline' FROM "
      "revisions WHERE row = 5), last_changed_at = (SELECT observed_at FROM revisions WHERE "
      "row = 5) WHERE row = 3;";
  finds(forgery, "event 8 of " + where(3) + ": names revision 2, which is missing");
  forgery +=
      "DELETE FROM events WHERE seq = 8; UPDATE articles SET event_sequence = 1 WHERE row = 3;";
  finds(forgery, "events: number 8 is missing");
  finds(forgery +
            "UPDATE counters SET value = 7 WHERE name = 'events'; UPDATE articles SET "
            "last_capture = NULL WHERE row = 3",
        "raw page http://a.test/3 as fetched at 1970-02-12T00:00:00Z: the revision or article "
        "that it was kept for is missing");
}

TEST_F(VerifyTest, SourcesThatWereEmptiedOrResetAreFound) {
  finds("DELETE FROM sources", "source in row 1: is missing, with 2 articles left of it");
  finds("DELETE FROM sources", "source in row 2: is missing, with 1 articles left of it");
  finds("DELETE FROM revisions; UPDATE sources SET chain_head = ''",
        where(1) + ": all its revisions are missing");
  const std::string emptied =
      "DELETE FROM revisions; DELETE FROM articles; DELETE FROM captures; "
      "UPDATE sources SET chain_head = '';";
  finds(emptied,
        "source bao: found its newest article at 1970-02-11T19:00:00Z and has none: "
        "they are missing");
  finds(emptied, "event 1: its article is missing");
  finds_only(emptied + "DELETE FROM sources; DELETE FROM events",
             "events: numbers 1 to 7 are missing");
}

TEST_F(VerifyTest, NoEventIsMissing) {
  finds("DELETE FROM events WHERE seq = 2", "events: number 2 is missing");
  finds("DELETE FROM events WHERE seq = 2",
        where(1) + " revision 2: the event that told of it is missing");
  finds("DELETE FROM events WHERE seq = 7", "events: number 7 is missing");
  finds("DELETE FROM events WHERE seq = 7",
        where(1) + ": its row counts 5 events, the last one stored is number 4");
  finds("DELETE FROM events WHERE seq = 7; UPDATE articles SET event_sequence = 4 WHERE row = 1",
        where(1) + ": its row says removed, its events say missing");
  finds_only("UPDATE counters SET value = 3 WHERE name = 'events'",
             "events: the count of their numbers was set back to 3");
}

TEST_F(VerifyTest, AnEventTellsOfItsRevision) {
  const auto second = "event 2 of " + where(1);
  finds_only("UPDATE events SET at = at + 1 WHERE seq = 2",
             second + ": is of 1970-02-11T17:00:00.001Z, its revision of 1970-02-11T17:00:00Z");
  finds("UPDATE events SET data = json_set(data, '$.revision', 3) WHERE seq = 2",
        where(1) + " revision 3: several events tell of it");
  finds("UPDATE events SET data = json_set(data, '$.revision', 9) WHERE seq = 2",
        second + ": names revision 9, which is missing");
  finds("UPDATE events SET data = 'x' WHERE seq = 2", second + ": does not name that article");
  finds("UPDATE events SET article = 2 WHERE seq = 2",
        "event 2 of " + where(2) + ": does not name that article");
  finds("UPDATE events SET type = 'tinwatch.article.published' WHERE seq = 2",
        second + ": says tinwatch.article.published of revision 2");
  finds_only("UPDATE events SET source = 2 WHERE seq = 2", second + ": is of another source");
  finds(
      "INSERT INTO events (id, type, source, article, at, sequence, discovery, data) SELECT 'f', "
      "type, source, article, at, sequence, discovery, data FROM events WHERE seq = 7",
      "event 8 of " + where(1) +
          ": is its article's event 5 after event 5: some are missing, or were added");
  finds(
      "INSERT INTO events (id, type, source, article, at, sequence, discovery, data) SELECT 'f', "
      "'tinwatch.article.returned', source, article, at, 6, discovery, data FROM events WHERE seq "
      "= 7; UPDATE articles SET event_sequence = 6 WHERE row = 1",
      where(1) + ": its row says removed, its events say live");
}

TEST_F(VerifyTest, AnArticlesRowSaysWhatItsRevisionsAndEventsSay) {
  finds_only("UPDATE articles SET status = 'live', removed_at = NULL WHERE row = 1",
             where(1) + ": its row says live, its events say removed");
  finds_only("UPDATE articles SET status = 'missing' WHERE row = 2",
             where(2) + ": its row says missing, its events say live");
  finds_only("UPDATE articles SET removed_at = removed_at + 1 WHERE row = 1",
             where(1) + ": the time of its removal is not that of the event");
  finds_only("UPDATE articles SET headline = 'x' WHERE row = 1",
             where(1) + ": its headline is not that of its record");
  finds_only("UPDATE articles SET first_seen_at = first_seen_at - 1 WHERE row = 1",
             where(1) +
                 ": was first seen at 1970-02-11T15:59:59.999Z as its row says, at "
                 "1970-02-11T16:00:00Z as its first revision says");
  finds_only("UPDATE articles SET last_changed_at = last_changed_at - 1 WHERE row = 1",
             where(1) +
                 ": last changed at 1970-02-11T17:59:59.999Z as its row says, at "
                 "1970-02-11T18:00:00Z as its newest revision says");
  finds("UPDATE articles SET head_revision = 2 WHERE row = 1",
        where(1) + ": its row names revision 2 as the newest, stored is revision 3");
  finds_only("UPDATE articles SET discovery = 'baseline' WHERE row = 1",
             "event 1 of " + where(1) + ": says 'live', its article 'baseline'");
  finds("DELETE FROM articles WHERE row = 3", "event 5: its article is missing");
}

TEST_F(VerifyTest, AnArticleIsCheckedWithItsSourceAlone) {
  const std::string forgery = "UPDATE articles SET headline = 'x' WHERE row = 3";
  EXPECT_EQ(faults_after(forgery, id(1)), std::vector<std::string>{});
  EXPECT_EQ(faults_after(forgery, id(3)),
            std::vector<std::string>{where(3) + ": its headline is not that of its record"});
}

TEST_F(VerifyTest, ManyPagesOfRowsAreReadToTheEnd) {
  for (int revision = 2; revision <= 230; ++revision)
    commit(seen(2, revision, 8h + revision * 1s, "revised"));
  const auto report = Reader(path).verify("");
  EXPECT_EQ(report.faults, std::vector<std::string>{});
  EXPECT_EQ(report.revisions, 234);
  EXPECT_EQ(report.events, 236);
  finds("UPDATE revisions SET record = '{}' WHERE article = 2 AND number = 229",
        where(2) + " revision 229: was changed after it was stored");
}

TEST_F(VerifyTest, ThousandsOfFaultsAreCountedAndTheFirstAreTold) {
  const auto copy = folder / "many.db";
  sqlite::Connection(path).execute("VACUUM INTO '" + copy + "'");
  sqlite::Connection(copy).execute(
      "PRAGMA foreign_keys = OFF; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 2500) INSERT INTO events (id, type, source, article, at, sequence, discovery, "
      "data) "
      "SELECT 'f' || i, 't', 1, 77, 0, 0, 'live', '{}' FROM n; "
      "UPDATE counters SET value = (SELECT max(seq) FROM events)");
  const auto report = Reader(copy).verify("");
  EXPECT_EQ(report.fault_count, 2500);
  EXPECT_EQ(report.faults.size(), most_faults_told);
}

}  // namespace
}  // namespace tinwatch::storage
