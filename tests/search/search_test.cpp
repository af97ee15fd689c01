#include "search/search.hpp"

#include "core/record.hpp"
#include "search/index_entry.hpp"
#include "search/index_follower.hpp"
#include "search/index_query.hpp"
#include "sqlite.hpp"
#include "storage/store_fixture.hpp"
#include "support/fake_clock.hpp"
#include "watch/folded_words.hpp"

#include <boost/json.hpp>

/// Search over stored revisions, through the real index.
namespace tinwatch::search {
namespace {

using namespace std::chrono_literals;
using storage::now;

std::shared_ptr<const watch::Query> query(const std::string& text,
                                          watch::Mode mode = watch::Mode::automatic) {
  auto out = watch::Query::parse(text, {.mode = mode, .aliases = nullptr});
  EXPECT_TRUE(out) << text;
  return std::make_shared<const watch::Query>(std::move(*out));
}

class SearchTest : public storage::StoreTest {
 protected:
  static ArticleRecord text(const std::string& headline, const std::string& said) {
    ArticleRecord out;
    out.headline = headline;
    out.body.push_back({BlockType::paragraph, said});
    return out;
  }
  /// Stores a new article; the next day has come.
  void publish(int number, ArticleRecord record) { store_it(number, std::move(record), 1); }
  /// Stores the next revision of an article.
  void edit(int number, int revision, ArticleRecord record, const std::string& change = "wording") {
    store_it(number, std::move(record), revision, change);
  }
  void store_it(int number, ArticleRecord record, int revision, const std::string& change = {}) {
    at += 24h;
    const auto url = "http://a.test/" + std::to_string(number);
    record.url = record.canonical_url = url;
    auto commit = published(url);
    commit.at = at;
    commit.standing->identifier = std::to_string(number);
    commit.state->headline = record.headline;
    commit.state->record = boost::json::serialize(to_json(record));
    commit.revision->id += "-" + std::to_string(number) + "-" + std::to_string(revision);
    commit.events.clear();
    if (revision == 1) {
      commit.article = storage::NewArticle{.id = id_of(number)};
    } else {
      const storage::Reader reader(path);
      commit.article = known(*reader.find_article(SourceRow(1), std::to_string(number), url, url));
      commit.revision->change = R"({"class":")" + change + "\"}";
    }
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
  }
  static std::string id_of(int number) {
    return "00000000-0000-7000-8000-" + std::to_string(100'000'000'000 + number);
  }
  void index() {
    IndexFollower follower(store, io.get_executor(), clock);
    test::run(io, follower.catch_up());
  }
  Page find(const Question& question) {
    index();
    return search(storage::Reader(path), question);
  }
  /// `1r2`: the second revision of the first article; a star behind what is gone.
  std::string found(const Question& question) {
    std::string out;
    for (const auto& result : find(question).results) {
      if (!out.empty()) out += ' ';
      out += std::to_string(std::stoll(result.article.id.substr(24)) - 100'000'000'000) + 'r' +
             std::to_string(result.revision) + (result.is_gone ? "*" : "");
    }
    return out;
  }
  std::string found(const std::string& words) { return found({.query = query(words)}); }

  void change(const std::string& sql) { storage::sqlite::Connection(path).execute(sql); }

  Instant at = now;
  test::FakeClock clock{now};
};

TEST_F(SearchTest, FindsWordsInEveryWriting) {
  publish(1, text("Đường sắt đô thị", "Tàu chạy thử từ Hoà Bình đến Bến Thành."));
  publish(2, text("The railway", "It runs from the Old Market, at 12.5 km an hour."));
  publish(3, text("東京の鉄道", "新しい路線が開業した。"));
  EXPECT_EQ(found("duong"), "1r1") << "without diacritics";
  EXPECT_EQ(found("đường"), "1r1");
  EXPECT_EQ(found("dường"), "") << "a diacritic that was written counts";
  EXPECT_EQ(found("hòa bình"), "1r1") << "whichever vowel carries the mark";
  EXPECT_EQ(found("\"old market\""), "2r1");
  EXPECT_EQ(found("\"market old\""), "");
  EXPECT_EQ(found("12.5"), "2r1");
  EXPECT_EQ(found("rail*"), "2r1");
  EXPECT_EQ(found("鉄道"), "3r1");
  EXPECT_EQ(found("title:railway OR title:\"đô thị\""), "2r1 1r1") << "the newest first";
  EXPECT_EQ(found("body:railway"), "");
  EXPECT_EQ(found("railway NOT market"), "");
  EXPECT_EQ(found("NOT market"), "3r1 1r1") << "what the index cannot say is asked of all texts";
  EXPECT_EQ(found("runs NEAR/3 market"), found("runs NEAR/4 market")) << "and so are distances";
}

TEST_F(SearchTest, AnArticleIsOneResultByItsNewestMatch) {
  publish(1, text("Prices", "Bread costs two coins."));
  edit(1, 2, text("Prices", "Bread costs three coins."));
  publish(2, text("Weather", "Rain, and bread."));
  edit(1, 3, text("Prices", "Bread costs three coins, says the baker."));
  EXPECT_EQ(found("bread"), "1r3 2r1");
  EXPECT_EQ(found("two"), "1r1*") << "what it no longer says";
  EXPECT_EQ(found({.query = query("bread"), .only_gone = true}), "");
  EXPECT_EQ(found({.query = query("two OR rain"), .only_gone = true}), "1r1*");
  EXPECT_EQ(found({.query = query("three"), .only_gone = true}), "");
}

TEST_F(SearchTest, WhatIsGoneIsToldWithinATimeToo) {
  publish(1, text("Bridge", "The bridge opens."));                // now + 1 day
  edit(1, 2, text("Bridge", "The bridge opens today."), "fact");  // + 2
  edit(1, 3, text("Bridge", "It is closed, the ferry runs."));    // + 3
  const auto opens = query("opens");
  EXPECT_EQ(found({.query = opens, .only_gone = true}), "1r2*");
  EXPECT_EQ(found({.query = opens, .until = now + 36h, .only_gone = true}), "1r1*");
  EXPECT_EQ(found({.query = opens, .change_class = "fact", .only_gone = true}), "1r2*");
  EXPECT_EQ(found({.query = query("bridge"), .until = now + 36h, .only_gone = true}), "");
  EXPECT_EQ(found({.query = query("bridge"), .until = now + 36h}), "1r1");
}

TEST_F(SearchTest, ANewestRevisionThatCannotBeReadIsNotCalledGone) {
  publish(1, text("Bridge", "The bridge opens."));
  edit(1, 2, text("Bridge", "The bridge opens today."));
  index();
  change("UPDATE revisions SET record = '{' WHERE row = 2");
  EXPECT_EQ(found("opens"), "1r1");
  EXPECT_EQ(found({.query = query("opens"), .only_gone = true}), "");
}

TEST_F(SearchTest, ARankThatLookedAtSomeAloneSaysSo) {
  for (int i = 1; i <= static_cast<int>(most_read) + 10; ++i)
    publish(i, text("T", i == 1 ? "công" : "cộng"));
  const auto page = find({.query = query("công"), .order = Order::relevance});
  EXPECT_TRUE(page.results.empty());
  EXPECT_TRUE(page.looked_back_to);
  EXPECT_EQ(page.next, 0);
}

TEST_F(SearchTest, AsksOfSourceTimeAndClass) {
  publish(1, text("One", "Bread."));                // now + 1 day
  publish(2, text("Two", "Bread."));                // + 2
  edit(1, 2, text("One", "Bread again."), "fact");  // + 3
  publish(3, text("Three", "Bread."));              // + 4
  const auto bread = query("bread");
  EXPECT_EQ(found({.query = bread}), "3r1 1r2 2r1");
  EXPECT_EQ(found({.query = bread, .since = now + 72h}), "3r1 1r2");
  EXPECT_EQ(found({.query = bread, .until = now + 72h}), "2r1 1r1")
      << "by the newest of those days, which is what it still says";
  EXPECT_EQ(found({.query = bread, .since = now + 48h, .until = now + 96h}), "1r2 2r1");
  EXPECT_EQ(found({.query = bread, .change_class = "fact"}), "1r2");
  EXPECT_EQ(found({.query = bread, .change_class = "typo"}), "");
  EXPECT_EQ(found({.query = bread, .source = "bao", .limit = 1}), "3r1");
  EXPECT_EQ(found({.query = bread, .source = "other"}), "");
}

TEST_F(SearchTest, GoesOnWhereAPageEnds) {
  for (int i = 1; i <= 5; ++i) publish(i, text("Bread", "Number " + std::to_string(i)));
  edit(2, 2, text("Bread", "Number two"));
  std::string all;
  Question question{.query = query("bread"), .limit = 2};
  for (int pages = 0; pages < 4; ++pages) {
    all += '[' + found(question) + ']';
    question.before = find(question).next;
    if (question.before == 0) break;
  }
  EXPECT_EQ(all, "[2r2 5r1][4r1 3r1][1r1]");
}

TEST_F(SearchTest, TheBestComeFirstByRelevance) {
  publish(1, text("Bread and butter", "All about bread: bread, bread."));
  publish(2, text("Weather", "Some bread."));
  publish(3, text("Markets", "Bread, and bread again."));
  EXPECT_EQ(found({.query = query("bread"), .order = Order::relevance}), "1r1 3r1 2r1");
  EXPECT_EQ(found({.query = query("bread"), .order = Order::relevance, .limit = 1}), "1r1");
}

TEST_F(SearchTest, LooksAtABoundedNumberAndSaysSo) {
  for (int i = 1; i <= static_cast<int>(most_read) + 10; ++i)
    publish(i, text("T", i == 1 ? "a needle" : "hay"));
  Question question{.query = query("NOT hay")};
  const auto first = find(question);
  EXPECT_TRUE(first.results.empty());
  EXPECT_TRUE(first.looked_back_to);
  ASSERT_GT(first.next, 0);
  question.before = first.next;
  EXPECT_EQ(found(question), "1r1");
}

TEST_F(SearchTest, ADamagedRevisionIsNamed) {
  publish(1, text("Bread", "Bread."));
  publish(2, text("Bread", "Bread."));
  index();
  change("UPDATE revisions SET record = '{' WHERE row = 2");
  const auto page = find({.query = query("bread")});
  EXPECT_EQ(page.results.size(), 1U);
  ASSERT_EQ(page.damaged.size(), 1U);
  EXPECT_NE(page.damaged[0].find(id_of(2)), std::string::npos);
}

TEST_F(SearchTest, EachRevisionIsIndexedOnce) {
  publish(1, text("Bread", "Bread."));
  const storage::Reader reader(path);
  auto entries = next_entries(reader, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].words[0], "bread");
  EXPECT_EQ(test::run(io, store.write(&storage::TextIndex::add, entries)), 1);
  EXPECT_EQ(test::run(io, store.write(&storage::TextIndex::add, entries)), 1) << "a second time";
  EXPECT_TRUE(next_entries(reader, 10).empty());
  EXPECT_EQ(storage::TextIndex(reader).newest(index_query(*query("bread")), {}, 10).size(), 1U);
}

/// Of the index's candidates none is missing, whatever the way of writing.
TEST_F(SearchTest, ATermsFoldedWordsAreInATextThatHasIt) {
  const std::string said =
      "Thủ tướng nói: \"Ga T3—Tân Sơn Nhất\" mở lúc 7.30, giá 1.327,5 đồng; l'été à Zürich, "
      "ŒUVRE straße, Привет мир, 東京オリンピック, العربية, hoà hòa.";
  const auto words = ' ' + watch::folded_words(said) + ' ';
  for (const auto* text :
       {"thủ tướng", "Tân Sơn Nhất", "7.30", "1.327,5", "été", "zürich", "straße", "œuvre",
        "привет", "東京", "オリンピック", "العربية", "hòa", "đồng", "\"T3 Tân\"", "sơn nhấ*"}) {
    for (const auto mode : {watch::Mode::exact, watch::Mode::tone, watch::Mode::fold}) {
      const auto asked = query(text, mode);
      const auto steps = index_query(*asked).steps;
      ASSERT_FALSE(steps.empty()) << text;
      for (const auto& step : steps) {
        if (step.op != storage::IndexQuery::Op::term) continue;
        const auto end = step.term.is_prefix ? "" : " ";
        EXPECT_NE(words.find(' ' + step.term.words + end), std::string::npos)
            << text << ": " << step.term.words << " in" << words;
      }
    }
  }
}

TEST_F(SearchTest, WordsAreNeverTheIndexsOwnLanguage) {
  publish(1, text("AND OR NOT NEAR", "quote \" star * caret ^ {body} : -"));
  for (const auto* words :
       {"\"and\"", "\"or not\"", "\"near\"", "quote", "star", "caret", "{body}"})
    EXPECT_EQ(found(words), "1r1") << words;
  std::string many = "bread";
  for (int i = 0; i < 198; ++i) many += " OR w" + std::to_string(i);
  EXPECT_EQ(found(many + " OR caret"), "1r1") << "a long chain";
  for (const bool is_right : {false, true}) {
    std::string nested = "caret";
    for (int i = 0; i < 90; ++i) {
      const auto one = "n" + std::to_string(i);
      const std::string op = i % 2 == 0 ? " OR " : " AND ";
      nested = is_right ? one + op + "(" + nested + ")" : "(" + nested + ")" + op + one;
    }
    EXPECT_EQ(found(nested + " OR caret"), "1r1") << "deeper than the index is asked";
  }
  std::string deep = "caret";
  for (int i = 0; i < 40; ++i) deep = "(" + deep + " OR a" + std::to_string(i) + ") AND caret";
  EXPECT_EQ(found(deep), "1r1") << "a deep one";
}

}  // namespace
}  // namespace tinwatch::search
