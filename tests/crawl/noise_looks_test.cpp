#include "crawl/crawler.hpp"
#include "crawl/crawler_fixture.hpp"
#include "parsers/listing.hpp"
#include "support/fake_fetcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

/// What moves by itself on a site's pages is learned from looks that follow each other, and an edit
/// is told whatever was learned.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

/// What a page of the paper says.
struct Text {
  std::string headline = "The harbour bridge opens after two years of work";
  std::string first =
      "The harbour bridge opened on Monday after two years of work, and the first buses went over "
      "it at noon, each of them full to the doors with people from both sides of the water.";
  std::string caption = "The bridge on its first day, 12 March";
  std::string counter = "1,420 readers · 56 letters";
  std::string second =
      "Councillor Jane Rowe said that 1,420 people had come to see it, which was more than anybody "
      "at the town hall had expected when the day was chosen in the spring of last year.";
  std::string note;  ///< a line behind the text
};

std::string html(const Text& text) {
  auto out = "<html lang=\"en\"><head><title>" + text.headline +
             "</title></head><body><article><h1>" + text.headline + "</h1><p>" + text.first +
             "</p><figure><img src=\"/bridge.jpg\" alt=\"\"><figcaption>" + text.caption +
             "</figcaption></figure><p>" + text.counter + "</p><p>" + text.second + "</p>";
  for (int i = 0; i < 4; ++i)
    out += "<p>Paragraph " + std::to_string(i) +
           " tells how the old ferry went over the harbour for forty years, who steered it in the "
           "winters, and what became of the people who used to wait for it on the cold pier.</p>";
  if (!text.note.empty()) out += "<p>" + text.note + "</p>";
  return out + "</article></body></html>";
}

class NoiseLooksTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  NoiseLooksTest() {
    Plan plan;
    auto bao = source("bao", "http://a.test/");
    bao.recheck = 30min;
    plan.sources.emplace("bao", std::move(bao));
    follow(std::move(plan));
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    find({urls[0], urls[1]});
    network.on("http://a.test/robots.txt", test::answer(404));
    for (std::size_t article = 0; article < urls.size(); ++article) look({}, article);
    told_ = reader_.events(0, std::nullopt, 100).size();
  }

  void find(const std::vector<std::string>& articles) { name_on_list(articles, 999h); }
  /// The next look at an article, when it is due, finds that.
  void look(const Text& text, std::size_t article = 0) { look_at(urls.at(article), text, article); }
  void look_at(const std::string& url, const Text& text, std::size_t article) {
    auto page = text;
    // Two articles, so that they are no copies of each other.
    if (article == 1) page.headline = "The harbour bridge closes again after a single week";
    if (article == 1) page.first += " So it was at least until the rain came.";
    network.change(url, test::answer(200, html(page)));
    visit(url);
  }
  void visit(const std::string& url) {
    auto item = *reader_.frontier_item("bao", url);
    clock.advance_to(std::max(clock.now() + 1s, item.due_at));
    test::run(io, crawler.visit(std::move(item)));
  }
  /// Looks at a counter that is another one each time.
  void count(int looks, std::size_t article = 0) {
    for (int i = 0; i < looks; ++i) {
      Text text;
      text.counter = std::to_string(1500 + 7 * ++counted_) + " readers · 56 letters";
      look(text, article);
    }
  }
  /// Events since the last time.
  std::size_t told() {
    const auto all = reader_.events(0, std::nullopt, 100).size();
    return all - std::exchange(told_, all);
  }
  std::vector<storage::Noise> learned() const {
    return reader_.noise("bao", "a.test/tin/SLUG+n.html");
  }
  Duration wait() const { return reader_.frontier_item("bao", urls[0])->due_at - clock.now(); }

  const std::array<std::string, 2> urls = {
      "http://a.test/tin/harbour-bridge-opens-today-100234.html",
      "http://a.test/tin/harbour-bridge-closes-again-100235.html"};
  storage::Reader reader_{folder / "t.db"};
  std::size_t told_ = 0;
  int counted_ = 0;
};

TEST_F(NoiseLooksTest, ACounterIsNeverTold) {
  count(12);
  EXPECT_EQ(told(), 0U);
  ASSERT_EQ(learned().size(), 1U);
  EXPECT_EQ(learned()[0].form, "# readers · # letters");
  EXPECT_GE(wait(), 20min) << "there is nothing to find out any more";
  count(3, 1);
  EXPECT_EQ(told(), 0U) << "nor at another article of the template";
}

TEST_F(NoiseLooksTest, ACounterDoesNotHideAMove) {
  count(12);
  ASSERT_EQ(learned().size(), 1U);
  const std::string moved_to = "http://a.test/2026/the-bridge/100234";
  network.change(urls[0], test::answer(404));
  visit(urls[0]);
  ASSERT_EQ(told(), 0U);
  find({moved_to});
  Text text;
  text.counter = "2,001 readers · 56 letters";
  look_at(moved_to, text, 0);
  ASSERT_EQ(told(), 1U);
  EXPECT_EQ(reader_.events(0, std::nullopt, 100).back().type, label(EventType::article_moved));
  for (int i = 0; i < 3; ++i) look_at(moved_to, text, 0);
  text.first += " Then it rained.";
  look_at(moved_to, text, 0);
  EXPECT_EQ(told(), 1U) << "its edits are told there";
}

TEST_F(NoiseLooksTest, WhatIsKnownOfACounterMovesWithTheArticle) {
  count(12);
  const std::string first = "http://a.test/tin/harbour-ferry-sold-to-museum-100236.html";
  const std::string moved_to = "http://a.test/2026/the-ferry/100236";
  Text text;
  text.headline = "The harbour ferry is sold to a museum in the north";
  text.first =
      "The ferry goes to a museum, where children may stand at its wheel, and pays for the paint.";
  find({first});
  look_at(first, text, 0);  // without the counter, which is known
  network.change(first, test::answer(404));
  visit(first);
  find({moved_to});
  told();
  for (int i = 0; i < 8; ++i) look_at(moved_to, text, 0);  // the counter stands still
  EXPECT_EQ(told(), 1U) << "it moved, and nobody edited it";
  EXPECT_FALSE(reader_.noise("bao", parsers::address_template(moved_to)).empty());
}

TEST_F(NoiseLooksTest, AnEditIsToldWhateverWasLearned) {
  count(12);
  ASSERT_EQ(learned().size(), 1U);
  const auto edited = [&](const std::string& what, Text text) {
    text.counter = "9 readers · 99 letters";
    look(text);
    EXPECT_EQ(told(), 1U) << what;
  };
  Text text;
  text.first += " Then it rained.";
  edited("a paragraph", text);
  text.caption = "The bridge on its first day, 13 March";
  edited("a number in a caption", text);
  text.second.replace(text.second.find("1,420"), 5, "1,520");
  edited("a number in a sentence", text);
  text.headline = "The harbour bridge opens after three years of work";
  edited("the headline", text);
}

TEST_F(NoiseLooksTest, ANumberThatStaysIsAnEdit) {
  Text text;
  text.counter = "1,421 readers · 56 letters";
  look(text);
  EXPECT_EQ(told(), 0U) << "it may be a counter";
  EXPECT_EQ(wait(), 1min);
  look(text);
  look(text);
  EXPECT_EQ(told(), 1U) << "two minutes later";
  EXPECT_TRUE(learned().empty());
}

TEST_F(NoiseLooksTest, ALineThatSomeServersShowIsAnEditOnceAllDo) {
  Text old;
  Text now;
  now.note = "The count goes on: 12 pages";
  for (int i = 0; i < 10; ++i) look(i % 2 == 0 ? now : old);
  EXPECT_EQ(told(), 0U);
  EXPECT_TRUE(learned().empty());
  for (int i = 0; i < 3; ++i) look(now);
  EXPECT_EQ(told(), 1U);
}

TEST_F(NoiseLooksTest, ANoteThatComesAndGoesAtTwoArticlesIsNoise) {
  Text with;
  with.note = "A story of the old harbour";
  for (int i = 0; i < 3; ++i) {
    look(with, 0);
    look(with, 1);
    look({}, 0);
    look({}, 1);
  }
  EXPECT_EQ(told(), 0U);
  ASSERT_EQ(learned().size(), 1U);
  EXPECT_EQ(learned()[0].form, with.note);
  for (int i = 0; i < 4; ++i) look(with);
  EXPECT_EQ(told(), 0U) << "if it stays now";
}

TEST_F(NoiseLooksTest, WhatIsNeverLearnedIsNotAskedForEveryMinute) {
  for (int i = 0; i < 15; ++i) {
    Text text;
    text.note = "Line number " + std::string(static_cast<std::size_t>(i + 1), 'x');
    look(text);
  }
  EXPECT_GE(wait(), 15min);
}

}  // namespace
}  // namespace tinwatch::crawl
