#include "crawl/crawler.hpp"
#include "crawl/crawler_fixture.hpp"
#include "sqlite.hpp"
#include "support/fake_fetcher.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

const std::string first = "http://a.test/phong-su/chuyen-di-qua-ba-con-song";

std::string address(int page) { return page == 1 ? first : first + '/' + std::to_string(page); }

/// Page `number` of an article of so many. `word` stands in its text.
std::string page(int number, int of, const std::string& word = "sông") {
  std::string out =
      "<html lang=\"vi\"><head><title>Chuyến đi qua ba con sông</title></head><body>"
      "<article><h1>Chuyến đi qua ba con sông mùa nước nổi</h1>";
  for (int i = 0; i < 4; ++i)
    out +=
        "<p>Trang " + std::to_string(number) + ", đoạn " + std::to_string(i) +
        ": chiếc ghe nhỏ rời bến từ lúc trời còn tối, mang theo ba người và một chiếc máy đo mực "
        "nước đã cũ, rồi đi dọc con " +
        word + " cho đến khi trời sáng rõ.</p>";
  out += "</article><div class=\"trang\">";
  for (int other = 1; other <= of; ++other)
    out += other == number
               ? "<b>" + std::to_string(other) + "</b> "
               : "<a href=\"" + address(other) + "\">" + std::to_string(other) + "</a> ";
  return out + "</div></body></html>";
}

class FurtherPagesTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  FurtherPagesTest() {
    auto bao = source("bao", "http://a.test/");
    bao.recheck = 30min;
    Plan plan;
    plan.sources.emplace("bao", std::move(bao));
    follow(std::move(plan));
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    network.on("http://a.test/robots.txt", test::answer(404));
    for (int number = 1; number <= 3; ++number)
      network.on(address(number), test::answer(200, page(number, 3)));
  }

  /// A list names these pages.
  void name(const std::vector<int>& pages) {
    std::vector<std::string> addresses;
    for (const auto number : pages) addresses.push_back(address(number));
    name_on_list(addresses, 999h);
  }
  /// Everything due is visited, for so long.
  void pass(Duration during) {
    const auto end = clock.now() + during;
    while (clock.now() < end) {
      for (auto& item : reader_.queue({"a.test", 20}, clock.now()).due)
        if (item.url != "http://a.test/") test::run(io, crawler.visit(std::move(item)));
      clock.advance_to(clock.now() + 1min);
    }
  }
  void change(int number, int of, const std::string& word = "sông") {
    network.change(address(number), test::answer(200, page(number, of, word)));
  }
  /// `published 3`: what was told since the last time, and how many pages its article has.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const auto& event : reader_.events(last_, std::nullopt, 100)) {
      last_ = event.seq;
      const auto record = reader_.revision(event.article, 0)->record;
      int pages = 0;
      for (int number = 1; number <= 30; ++number)
        pages += record.find("Trang " + std::to_string(number) + ", đoạn 3") != std::string::npos;
      out.push_back(event.type.substr(event.type.rfind('.') + 1) + ' ' + std::to_string(pages));
    }
    return out;
  }
  std::size_t asked(int number) const {
    return static_cast<std::size_t>(
        std::count_if(network.requests.begin(), network.requests.end(),
                      [&](const auto& request) { return request.url == address(number); }));
  }
  using Told = std::vector<std::string>;

  storage::Reader reader_{folder / "t.db"};
  std::int64_t last_ = 0;
};

TEST_F(FurtherPagesTest, OneArticleIsMadeOfThem) {
  name({1});
  pass(3h);
  EXPECT_EQ(told(), Told{"published 3"});
  EXPECT_GT(asked(3), 2U) << "they are read with the first";
  EXPECT_EQ(reader_.articles({}).size(), 1U);
}

TEST_F(FurtherPagesTest, AnEditOfAnyPageIsSeen) {
  name({1});
  pass(10min);
  EXPECT_EQ(told(), Told{"published 3"});
  change(2, 3, "kênh");
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 3"});
  change(1, 3, "rạch");
  change(3, 3, "mương");
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 3"});
  pass(3h);
  EXPECT_EQ(told(), Told{});
}

TEST_F(FurtherPagesTest, APageThatDoesNotComeForTheMomentIsNoEdit) {
  name({1});
  pass(10min);
  EXPECT_EQ(told(), Told{"published 3"});
  network.change(address(2), test::answer(500));
  pass(3h);
  EXPECT_EQ(told(), Told{});
  change(1, 3, "rạch");
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 3"}) << "the others are looked at all the same";
  network.change(address(2), test::answer(200, "<html><body><h1>Đang bảo trì</h1></body></html>"));
  pass(3h);
  EXPECT_EQ(told(), Told{});
  change(2, 3, "kênh");
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 3"});
}

TEST_F(FurtherPagesTest, APageThatIsGoneIsACutOnceItStaysGone) {
  name({1});
  pass(10min);
  EXPECT_EQ(told(), Told{"published 3"});
  network.change(address(3), test::answer(404));
  pass(50min);
  EXPECT_EQ(told(), Told{});
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 2"});
  const auto visits = reader_.explain(first).front().visits;
  EXPECT_TRUE(std::any_of(visits.begin(), visits.end(), [](const auto& visit) {
    return visit.outcome == "held";
  })) << "at the second look";
}

TEST_F(FurtherPagesTest, ANewArticleWaitsForAPageThatDoesNotCome) {
  network.change(address(2), test::answer(500));
  name({1});
  pass(2min);
  EXPECT_EQ(told(), Told{});
  change(2, 3);
  pass(1h);
  EXPECT_EQ(told(), Told{"published 3"});
}

TEST_F(FurtherPagesTest, WhatComesLateIsNoEdit) {
  network.change(address(2), test::answer(500));
  name({1});
  pass(2h);
  EXPECT_EQ(told(), Told{"published 1"}) << "it does not wait for ever";
  change(2, 3);
  pass(3h);
  EXPECT_EQ(told(), Told{});
  change(3, 3, "kênh");
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 3"}) << "and from then on it is the article's";
}

TEST_F(FurtherPagesTest, NobodyTakesThemForArticles) {
  name({2, 3, 1});
  pass(2h);
  EXPECT_EQ(told(), Told{"published 3"}) << "though lists name them, and before the first";
  EXPECT_EQ(reader_.articles({}).size(), 1U);
  EXPECT_FALSE(reader_.explain(address(2)).front().waiting);
  EXPECT_EQ(reader_.explain(address(2)).front().visits.front().detail,
            "a further page of " + first);
}

TEST_F(FurtherPagesTest, TheyHaveAnEnd) {
  for (int number = 1; number <= 40; ++number)
    network.change(address(number), test::answer(200, page(number, 40)));
  name({1});
  pass(10min);
  EXPECT_EQ(told(), Told{"published 20"});
  EXPECT_EQ(asked(20), 1U);
  EXPECT_EQ(asked(21), 0U);
}

TEST_F(FurtherPagesTest, TheyLeadToNobodyElse) {
  auto leading = page(1, 1);
  leading.insert(leading.find("</head>"),
                 "<link rel=\"next\" href=\"http://b.test/phong-su/x?page=2\">");
  network.change(first, test::answer(200, leading));
  name({1});
  pass(1h);
  EXPECT_EQ(told(), Told{"published 1"});
  EXPECT_FALSE(std::any_of(network.requests.begin(), network.requests.end(),
                           [](const auto& one) { return one.url.starts_with("http://b.test"); }));
}

TEST_F(FurtherPagesTest, AreReadAgainByANewExtractor) {
  name({1});
  pass(10min);
  EXPECT_EQ(told(), Told{"published 3"});
  {
    storage::sqlite::Connection db(folder / "t.db");
    db.execute("UPDATE articles SET extractor = 'tinwatch/0'");
  }
  change(2, 3, "kênh");
  pass(1h);
  EXPECT_EQ(told(), Told{"revised 3"}) << "their bytes are kept: an edit meanwhile is seen";
  EXPECT_EQ(reader_.integrity_faults(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tinwatch::crawl
