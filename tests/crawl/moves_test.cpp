#include "crawl/crawler_fixture.hpp"
#include "support/fake_fetcher.hpp"

#include <string>
#include <vector>

// What happens to addresses and to whole sites, and is not what happens to articles. The source has
// no profile: nothing but its pages says which article is which.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

std::string at(const std::string& path) { return "http://a.test/tin-tuc/" + path + ".html"; }

std::string title(int number) {
  return "Ghe số " + std::to_string(number) + " cập bến muộn vì gió ngược";
}

std::string page(int number, const std::string& canonical = {}, int version = 1) {
  std::string out = "<html><head><title>" + title(number) + "</title>";
  if (!canonical.empty()) out += "<link rel=\"canonical\" href=\"" + canonical + "\">";
  out += "</head><body><article><h1>" + title(number) + "</h1>";
  for (int i = 0; i < 12; ++i)
    out += "<p>Chuyến " + std::to_string(number * 1000 + i * version) +
           " chở gạo và mắm, người lái kể rằng nước rút từ lúc gà gáy, phải chờ con nước sau mới " +
           "vào được bến số " + std::to_string(number + i) + ".</p>";
  return out + "</article></body></html>";
}

const std::string maintenance =
    "<html><head><title>Chúng tôi sẽ quay lại</title></head><body><article><h1>Chúng tôi sẽ quay "
    "lại</h1><p>Máy chủ được thay mới trong đêm nay. Xin bạn đọc thứ lỗi và ghé lại sau ít giờ, "
    "khi mọi thứ đâu vào đấy.</p><p>Ban biên tập cảm ơn sự kiên nhẫn của tất cả mọi người, hẹn gặp "
    "sớm.</p></article></body></html>";

class MovesTest : public CrawlerTest<test::FakeFetcher> {
 protected:
  MovesTest() {
    Plan plan;
    auto bao = source("bao", "http://a.test/");
    bao.removal.over = 5min;
    plan.sources.emplace("bao", std::move(bao));
    follow(std::move(plan));
    storage::SourceEntry entry{.name = "bao"};
    entry.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({entry}, clock.now()));
    network.on("http://a.test/robots.txt", test::answer(404));
  }

  storage::FrontierItem item(const std::string& url) const {
    return storage::Reader(folder / "t.db").frontier_item("bao", url).value();
  }
  /// A list names the address.
  void name(const std::string& url) {
    storage::ListCommit list{.frontier = {.row = item("http://a.test/").row,
                                          .visited_at = clock.now(),
                                          .end = storage::Seen{.next = {clock.now(), {}}}},
                             .source = SourceRow(1),
                             .at = clock.now()};
    list.found = {{url, "a.test", TargetKind::article}};
    test::run(io, store.commit_list(std::move(list)));
  }
  void visit(const std::string& url) { test::run(io, crawler.visit(item(url))); }
  void pass(Duration time) { clock.advance_to(clock.now() + time); }
  /// What was told since the last call, in words.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const auto& event : storage::Reader(folder / "t.db").events(last_, std::nullopt, 1000)) {
      last_ = event.seq;
      out.emplace_back(word_of(event_type_from(event.type).value()));
    }
    return out;
  }
  /// Articles 0 to `count` are known at their addresses.
  void know(int count) {
    for (int i = 0; i < count; ++i) {
      network.on(at(std::to_string(i)), test::answer(200, page(i)));
      name(at(std::to_string(i)));
      visit(at(std::to_string(i)));
    }
    EXPECT_EQ(told().size(), static_cast<std::size_t>(count));
  }
  /// An article is known at its first address, and was not looked at for a while.
  void publish_at_cu(const std::string& html) {
    network.on(at("cu"), test::answer(200, html));
    name(at("cu"));
    visit(at("cu"));
    EXPECT_EQ(told(), std::vector<std::string>{"published"});
    pass(20min);
  }
  std::int64_t articles() const {
    std::int64_t out = 0;
    for (const auto& source : storage::Reader(folder / "t.db").overview(clock.now()).sources)
      out += source.articles;
    return out;
  }

 private:
  std::int64_t last_ = 0;
};

using Told = std::vector<std::string>;

TEST_F(MovesTest, ARedirectCarriesTheArticleWhateverItsStatus) {
  int number = 0;
  for (const int status : {301, 302, 303, 307, 308}) {
    const auto old = at("cu-" + std::to_string(number));
    const auto fresh = at("moi-" + std::to_string(number));
    network.on(old, test::answer(200, page(number)))
        .on(old, test::redirect(fresh, status))
        .on(fresh, test::answer(200, page(number)))
        .on(fresh, test::answer(200, page(number, {}, 2)));
    name(old);
    visit(old);
    EXPECT_EQ(told(), Told{"published"});
    pass(20min);
    visit(old);
    EXPECT_EQ(told(), Told{"moved"}) << status;
    pass(20min);
    visit(fresh);
    EXPECT_EQ(told(), Told{"revised"}) << "later edits are followed there, " << status;
    ++number;
  }
}

TEST_F(MovesTest, ARedirectToAnotherTextIsNoMove) {
  publish_at_cu(page(1));
  network.change(at("cu"), test::redirect(at("khac"), 302));
  network.on(at("khac"), test::answer(200, page(2)));
  visit(at("cu"));
  EXPECT_EQ(told(), Told{}) << "it may be gone; one look is not enough";
  EXPECT_EQ(articles(), 1);
}

TEST_F(MovesTest, AParameterForTheMomentIsNoMove) {
  publish_at_cu(page(1));
  network.change(at("cu"), test::redirect(at("cu") + "?phien=8a1", 302));
  network.on(at("cu") + "?phien=8a1", test::answer(200, page(1)));
  visit(at("cu"));
  EXPECT_EQ(told(), Told{});
}

TEST_F(MovesTest, AnotherAddressOfOneTextIsOneArticle) {
  network.on(at("bai"), test::answer(200, page(1)))
      .on(at("bai") + "?from=rss", test::answer(200, page(1)));
  name(at("bai"));
  visit(at("bai"));
  EXPECT_EQ(told(), Told{"published"});
  pass(20min);
  name(at("bai") + "?from=rss");
  visit(at("bai") + "?from=rss");
  EXPECT_EQ(told(), Told{}) << "both show it: nothing happened";
  EXPECT_EQ(articles(), 1);
}

TEST_F(MovesTest, TheOldAddressGoneAndANewOneNamedIsAMove) {
  publish_at_cu(page(1));
  network.change(at("cu"), test::answer(404));
  network.on(at("moi"), test::answer(200, page(1)));
  visit(at("cu"));
  name(at("moi"));
  visit(at("moi"));
  EXPECT_EQ(told(), Told{"moved"});
  EXPECT_EQ(articles(), 1);
}

TEST_F(MovesTest, TheNewAddressSeenFirstIsTheSameMove) {
  publish_at_cu(page(1));
  network.change(at("cu"), test::answer(404));
  network.on(at("moi"), test::answer(200, page(1)));
  name(at("moi"));
  visit(at("moi"));
  EXPECT_EQ(told(), Told{});
  visit(at("cu"));
  EXPECT_EQ(told(), Told{"moved"});
}

TEST_F(MovesTest, ACanonicalAddressThatBothDeclareIsAMove) {
  publish_at_cu(page(1, at("cu")));
  network.change(at("cu"), test::answer(200, page(1, at("moi"))));
  network.on(at("moi"), test::answer(200, page(1, at("moi"))));
  visit(at("cu"));
  EXPECT_EQ(told(), Told{});
  visit(at("moi"));
  EXPECT_EQ(told(), Told{"moved"});
  EXPECT_EQ(articles(), 1);
}

TEST_F(MovesTest, TwoArticlesThatReadAlikeStayTwo) {
  network.on(at("gia-1"), test::answer(200, page(1)))
      .on(at("gia-2"), test::answer(200, page(1, {}, 2)));
  name(at("gia-1"));
  visit(at("gia-1"));
  name(at("gia-2"));
  visit(at("gia-2"));
  EXPECT_EQ(told(), (Told{"published", "published"})) << "one headline, other figures";
}

TEST_F(MovesTest, AMaintenancePageAtEveryAddressIsNothingOfTheArticles) {
  know(6);
  for (int i = 0; i < 6; ++i) network.change(at(std::to_string(i)), test::answer(200, maintenance));
  network.on(at("moi-tinh"), test::answer(200, maintenance));
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 6; ++i) {
      pass(2min);
      visit(at(std::to_string(i)));
    }
    name(at("moi-tinh"));
    visit(at("moi-tinh"));
  }
  EXPECT_EQ(told(), Told{});
  EXPECT_EQ(articles(), 6) << "nor is it a new one";
  for (int i = 0; i < 6; ++i)
    network.change(at(std::to_string(i)), test::answer(200, page(i, {}, i == 3 ? 2 : 1)));
  for (int i = 0; i < 6; ++i) {
    pass(2min);
    visit(at(std::to_string(i)));
    visit(at(std::to_string(i)));
  }
  EXPECT_EQ(told(), Told{"revised"}) << "what was edited meanwhile is told";
}

TEST_F(MovesTest, APageInThePlaceOfOneArticleIsToldWhenItStays) {
  know(6);
  network.change(at("3"), test::answer(200, maintenance));
  pass(1min);
  visit(at("3"));
  EXPECT_EQ(told(), Told{}) << "seen once";
  for (int i = 0; i < 6; ++i) {
    pass(2min);
    visit(at(std::to_string(i)));
  }
  EXPECT_EQ(told(), Told{"revised"});
}

TEST_F(MovesTest, ASiteThatHasLostAllItsPagesIsNoTakedownOfEach) {
  know(8);
  for (int i = 0; i < 8; ++i) network.change(at(std::to_string(i)), test::answer(404));
  for (int round = 0; round < 10; ++round)
    for (int i = 0; i < 8; ++i) {
      pass(1min);
      visit(at(std::to_string(i)));
    }
  EXPECT_EQ(told(), Told{});
  for (int i = 0; i < 8; ++i) network.change(at(std::to_string(i)), test::answer(200, page(i)));
  for (int i = 0; i < 8; ++i) {
    visit(at(std::to_string(i)));
    visit(at(std::to_string(i)));
  }
  EXPECT_EQ(told(), Told{}) << "nor is anybody told that they are back";
}

TEST_F(MovesTest, ATakedownAmongPagesThatAreThereIsTold) {
  know(8);
  network.change(at("3"), test::answer(404));
  Told all;
  for (int round = 0; round < 10; ++round)
    for (int i = 0; i < 8; ++i) {
      pass(1min);
      visit(at(std::to_string(i)));
      for (auto& word : told()) all.push_back(word);
    }
  EXPECT_EQ(all.front(), "missing");
}

TEST_F(MovesTest, APageThatBreaksOffOnceIsNoCut) {
  know(2);
  auto cut = page(1);
  cut.resize(cut.size() * 55 / 100);
  network.change(at("1"), test::answer(200, cut));
  network.on(at("1"), test::answer(200, page(1)));
  pass(20min);
  visit(at("1"));
  pass(6min);
  visit(at("1"));
  EXPECT_EQ(told(), Told{});
}

}  // namespace
}  // namespace tinwatch::crawl
