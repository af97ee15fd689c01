#include "storage/rhythm.hpp"

#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

#include <numeric>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class RhythmTest : public StoreTest {
 protected:
  /// An article of the source, first seen at that time.
  void article(Instant seen, std::optional<Instant> published = {}) {
    auto commit = published_at("http://a.test/" + std::to_string(made), published);
    commit.at = seen;
    commit.standing->identifier = std::to_string(made);
    ASSERT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
  ArticleCommit published_at(const std::string& url, std::optional<Instant> at) {
    auto commit = published(url);
    commit.state->published_at = at;
    return commit;
  }
  void edit(const std::string& identifier, Instant at) {
    const Reader reader(path);
    auto commit = published("http://a.test/x");
    commit.standing->identifier = identifier;
    commit.article = known(*reader.find_article(SourceRow(1), identifier, "", ""));
    commit.at = at;
    commit.events.front().type = EventType::article_revised;
    commit.events.front().at = at;
    ASSERT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
  void change(const std::string& sql) { sqlite::Connection(path).execute(sql); }
  SourceRhythm rhythm(std::chrono::minutes offset = 0min, int days = 3) {
    const Reader reader(path);
    return rhythm_of(reader, {.source = "bao", .now = now, .utc_offset = offset, .days = days})
        .value();
  }
  using Counts = std::vector<std::int64_t>;
};

// `now` is 16:00 of a day.

TEST_F(RhythmTest, CountsArticlesAndEditsOfTheLastDays) {
  article(now - 3 * 24h);    // identifier 1: before the first of the days
  article(now - 2 * 24h);    // 2
  article(now - 16h);        // 3: the first moment of today
  article(now - 16h - 1ms);  // 4: the last of yesterday
  article(now);              // 5
  edit("1", now - 24h);
  edit("1", now - 1h);
  edit("5", now);
  EXPECT_EQ(rhythm().articles, (Counts{1, 1, 2}));
  EXPECT_EQ(rhythm().edits, (Counts{0, 1, 2}));
  EXPECT_EQ(rhythm(8h).articles, (Counts{1, 2, 1})) << "it is midnight there, and a new day";
  EXPECT_EQ(rhythm(0min, 4).articles, (Counts{1, 1, 1, 2}));
  change("UPDATE articles SET discovery = 'baseline' WHERE identifier = '5'");
  EXPECT_EQ(rhythm().articles, (Counts{1, 1, 1})) << "what was there before anybody watched";
}

TEST_F(RhythmTest, NamesAllSources) {
  test::run(io, store.sync_sources({{.name = "dao"}, {.name = "bao", .title = "Báo"}}, now));
  const auto all = source_titles(Reader(path));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name + ' ' + all[0].title, "bao Báo");
  EXPECT_EQ(all[1].name, "dao");
}

TEST_F(RhythmTest, CountsTheHoursThatArePrinted) {
  article(now, now - 1h);     // 15:00
  article(now, now - 61min);  // 14:59
  article(now, now - 16h);    // midnight sharp: a date
  article(now);               // none
  auto hours = rhythm().hours;
  EXPECT_EQ(hours[15], 1);
  EXPECT_EQ(hours[14], 1);
  EXPECT_EQ(std::accumulate(hours.begin(), hours.end(), std::int64_t{0}), 2);
  hours = rhythm(7h).hours;
  EXPECT_EQ(hours[22], 1);
  EXPECT_EQ(hours[21], 1);
  EXPECT_EQ(hours[7], 1) << "in this zone it is a time";
}

TEST_F(RhythmTest, OfOneSourceAlone) {
  SourceEntry other{.name = "other", .title = "Other"};
  SourceEntry own{.name = "bao", .title = "Báo"};
  test::run(io, store.sync_sources({own, other}, now));
  article(now);
  const Reader reader(path);
  EXPECT_EQ(rhythm_of(reader, {.source = "other", .now = now, .days = 3})->articles,
            (Counts{0, 0, 0}));
  EXPECT_FALSE(rhythm_of(reader, {.source = "nope", .now = now}));
  EXPECT_FALSE(look_at_source(reader, "nope"));
  EXPECT_EQ(look_at_source(reader, "other")->source.articles, 0);
}

TEST_F(RhythmTest, LooksAtASourceAndItsLists) {
  article(now);
  ListCommit list{.frontier = {.row = FrontierRow(1),
                               .visited_at = now,
                               .end = Seen{.next = {now + 1h, {}}},
                               .outcome = VisitOutcome::read},
                  .source = SourceRow(1),
                  .at = now};
  list.found.push_back({"http://a.test/feed", "a.test", TargetKind::feed});
  list.found.push_back({"http://a.test/1", "a.test"});
  test::run(io, store.commit_list(std::move(list)));
  const auto feed = Reader(path).frontier_item("bao", "http://a.test/feed")->row;
  test::run(io, store.update_frontier({.row = feed,
                                       .visited_at = now,
                                       .end = Failed{.next = {now + 2h, {}}, .failures = 3},
                                       .outcome = VisitOutcome::failed,
                                       .detail = "500 Internal Server Error"}));
  const auto look = look_at_source(Reader(path), "bao").value();
  EXPECT_EQ(look.source.title, "Báo");
  EXPECT_TRUE(look.source.active);
  EXPECT_EQ(look.source.articles, 1);
  EXPECT_EQ(look.source.last_success_at, now);
  EXPECT_EQ(look.source.last_new_article_at, now);
  EXPECT_EQ(look.next_look, now + 1h);
  EXPECT_EQ(look.lists, 2);
  EXPECT_EQ(look.failing, 1);
  ASSERT_EQ(look.first.size(), 2U) << "an article's address is no list";
  EXPECT_TRUE(look.first[0].is_start);
  EXPECT_EQ(look.first[0].outcome, "read");
  EXPECT_EQ(look.first[0].succeeded_at, now);
  EXPECT_EQ(look.first[1].url, "http://a.test/feed");
  EXPECT_EQ(look.first[1].kind, TargetKind::feed);
  EXPECT_EQ(look.first[1].failures, 3);
  EXPECT_EQ(look.first[1].detail, "500 Internal Server Error");
  EXPECT_FALSE(look.first[1].succeeded_at);
  EXPECT_EQ(look.first[1].due_at, now + 2h);
}

TEST_F(RhythmTest, WhichFieldsTheNewestArticlesHave) {
  const auto with_record = [&](const std::string& record, std::optional<Instant> published) {
    auto commit = published_at("http://a.test/" + std::to_string(made), published);
    commit.standing->identifier = std::to_string(made);
    commit.state->record = record;
    commit.at = now + made * 1min;
    ASSERT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  };
  with_record(R"({"headline":"H","author":[{"name":"A"}],"image":[{"url":"u"}],"articleBody":"t"})",
              now);
  with_record(
      R"({"headline":"H","articleBody":"it says \"author\": and \"image\":[","articleSection":["S"]})",
      {});
  auto fill = look_at_source(Reader(path), "bao")->fill;
  EXPECT_EQ(fill.articles, 2);
  EXPECT_EQ(fill.headline, 2);
  EXPECT_EQ(fill.date, 1);
  EXPECT_EQ(fill.author, 1) << "the other one only talks of it";
  EXPECT_EQ(fill.image, 1);
  EXPECT_EQ(fill.section, 1);
  EXPECT_EQ(fill.text, 2);
  for (int i = 0; i < 50; ++i) with_record("{}", {});
  fill = look_at_source(Reader(path), "bao")->fill;
  EXPECT_EQ(fill.articles, FieldFill::most_articles);
  EXPECT_EQ(fill.author, 0) << "those are too old";
}

}  // namespace
}  // namespace tinwatch::storage
