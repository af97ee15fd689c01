#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

#include <algorithm>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

const std::string page = "http://a.test/1";

/// An article that is visited at its own address.
class ChecksTest : public StoreTest {
 protected:
  ChecksTest() {
    ListCommit list{.frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{}},
                    .source = SourceRow(1),
                    .at = now};
    list.found = {{page, "a.test", TargetKind::article, Priority::news}};
    test::run(io, store.commit_list(std::move(list)));
    auto commit = published(page);
    commit.frontier = visit(0h, VisitOutcome::is_new);
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }

  /// The end of a visit of the article's address.
  FrontierUpdate visit(Duration later, VisitOutcome outcome) {
    return {.row = Reader(path).frontier_item("bao", page)->row,
            .visited_at = now + later,
            .end = Seen{.next = {now + later + 10min, "soon"},
                        .validators = Validators{.etag = "\"e\xe9\"", .body_sha256 = "s"},
                        .shows_article = true},
            .outcome = outcome};
  }
  /// A poll that finds nothing.
  void poll(Duration later) {
    ArticleCommit commit{.frontier = visit(later, VisitOutcome::not_modified),
                         .source = SourceRow(1),
                         .at = now + later,
                         .article = known(page),
                         .url = page};
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
  /// All rows of all tables but `checks`, as text.
  std::string everything_else() {
    sqlite::Connection db(path, sqlite::Access::query_only);
    std::vector<std::string> tables;
    auto names = db.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'text_index%' ORDER "
        "BY name");
    while (names.step())
      if (names.text(0) != "checks") tables.push_back(names.text(0));
    std::string out;
    for (const auto& table : tables) {
      auto columns = db.prepare(
          "SELECT group_concat('quote(' || name || ')', '||') FROM "
          "pragma_table_info('" +
          table + "')");
      EXPECT_TRUE(columns.step());
      auto rows = db.prepare("SELECT " + columns.text(0) + " FROM " + table);
      while (rows.step()) out += table + ' ' + rows.text(0) + '\n';
    }
    return out;
  }
};

TEST_F(ChecksTest, APollThatFindsNothingWritesOneRow) {
  poll(1h);  // a new kind of outcome begins: the run before is kept
  const auto before = everything_else();
  poll(2h);
  poll(3h);
  EXPECT_EQ(everything_else(), before);
  EXPECT_EQ(find(page)->last_shown_at, now + 3h) << "its check tells when it was shown last";
  EXPECT_EQ(Reader(path).articles({}).front().last_checked_at, now + 3h);
  EXPECT_EQ(Reader(path).frontier_item("bao", page)->due_at, now + 3h + 10min);
}

TEST_F(ChecksTest, APollThatLearnsNoValidatorsKeepsThoseThatAreKnown) {
  auto update = visit(1h, VisitOutcome::not_modified);
  std::get<Seen>(update.end).validators.reset();
  test::run(io, store.update_frontier(std::move(update)));
  EXPECT_EQ(Reader(path).frontier_item("bao", page)->validators.etag, "\"e\xe9\"");
}

TEST_F(ChecksTest, BytesOfTheWireComeBackAsTheyWere) {
  EXPECT_EQ(Reader(path).frontier_item("bao", page)->validators,
            (Validators{.etag = "\"e\xe9\"", .body_sha256 = "s"}));
}

TEST_F(ChecksTest, VisitsThatEndAlikeAreOneRun) {
  poll(1h);
  poll(2h);
  auto failed = visit(3h, VisitOutcome::failed);
  failed.end = Failed{.next = {now + 4h, "later"}, .failures = 1};
  failed.detail = "HTTP status 503";
  test::run(io, store.update_frontier(failed));
  failed.visited_at = now + 4h;
  failed.detail = "HTTP status 500";
  test::run(io, store.update_frontier(failed));
  const auto url = Reader(path).explain(page).front();
  ASSERT_EQ(url.visits.size(), 4U);
  EXPECT_EQ(url.visits[0].detail, "HTTP status 500");
  EXPECT_EQ(url.visits[1].detail, "HTTP status 503");
  EXPECT_EQ(url.visits[2].outcome, "not_modified");
  EXPECT_EQ(url.visits[2].times, 2);
  EXPECT_EQ(url.visits[2].first_at, now + 1h);
  EXPECT_EQ(url.visits[2].last_at, now + 2h);
  EXPECT_EQ(url.visits[3].outcome, "new");
  EXPECT_EQ(url.failures, 1);
  EXPECT_EQ(url.due_reason, "later");
  EXPECT_EQ(url.last_success_at, now + 2h);
}

TEST_F(ChecksTest, TwentyRunsAreKept) {
  for (int i = 1; i <= 50; ++i) {
    auto visited = visit(std::chrono::hours{i}, VisitOutcome::failed);
    visited.detail = std::to_string(i);
    test::run(io, store.update_frontier(visited));
  }
  const auto visits = Reader(path).explain(page).front().visits;
  ASSERT_EQ(visits.size(), 20U);
  EXPECT_EQ(visits.front().detail, "50");
  EXPECT_EQ(visits.back().detail, "31");
}

TEST_F(ChecksTest, WhoIsRetiredIsReadWholeWhenItComesBack) {
  auto retired = visit(1h, VisitOutcome::absent);
  retired.end = Retired{.failures = 2};
  test::run(io, store.update_frontier(retired));
  const auto item = Reader(path).frontier_item("bao", page);
  EXPECT_EQ(item->validators, Validators{});
  EXPECT_EQ(item->failures, 2);
  EXPECT_TRUE(Reader(path).queue({"a.test", 9}, now + 24h).due.empty() ||
              Reader(path).queue({"a.test", 9}, now + 24h).due.front().url != page);
  EXPECT_EQ(test::run(io, store.make_due(page, now + 5h)), 1);
  const auto due = Reader(path).queue({"a.test", 9}, now + 5h).due;
  EXPECT_TRUE(std::any_of(due.begin(), due.end(), [](const auto& one) { return one.url == page; }));
}

TEST_F(ChecksTest, ASourceIsMadeDueWithoutWhatIsRetired) {
  poll(1h);
  EXPECT_EQ(test::run(io, store.make_due("bao", now + 2h)), 2) << "its list and its article";
  auto retired = visit(3h, VisitOutcome::absent);
  retired.end = Retired{};
  test::run(io, store.update_frontier(retired));
  EXPECT_EQ(test::run(io, store.make_due("bao", now + 4h)), 1);
}

// The canonical address shows it by cheap polls, another one by a parse: the times are of both.
TEST_F(ChecksTest, TheAddressThatShowedItLastIsToldByChecksToo) {
  const std::string other = "http://a.test/other";
  auto elsewhere = again(other);
  elsewhere.standing->canonical_url = page;
  elsewhere.at = now + 1h;
  elsewhere.events.clear();
  elsewhere.frontier = visit(1h, VisitOutcome::revised);
  elsewhere.frontier.end = Retired{.was_seen = true};
  EXPECT_EQ(test::run(io, store.commit(std::move(elsewhere))), CommitResult::committed);
  EXPECT_EQ(find(page)->addresses.newer, other);
  poll(2h);
  EXPECT_EQ(find(page)->addresses.newer, "") << "its own address showed it later";
  EXPECT_EQ(find(page)->addresses.other, other);
}

TEST_F(ChecksTest, TheQueuesHoldWhoWaitsAndWhenTheFirstIsDue) {
  ListCommit list{
      .frontier = {.row = FrontierRow(1), .visited_at = now, .end = Seen{.next = {now + 1h, {}}}},
      .source = SourceRow(1),
      .at = now + 5h};
  list.found = {{"http://c.test/1", "c.test", TargetKind::article, Priority::news},
                {"http://b.test/2", "b.test", TargetKind::article, Priority::backlog}};
  test::run(io, store.commit_list(std::move(list)));
  poll(6h);
  using Queues = std::vector<std::pair<std::string, Instant>>;
  EXPECT_EQ(Reader(path).queues(),
            (Queues{{"a.test", now + 1h}, {"b.test", now + 5h}, {"c.test", now + 5h}}));
}

}  // namespace
}  // namespace tinwatch::storage
