#include "crawl/one_site_fixture.hpp"

// A site that closes for a while shows one page wherever it is asked: what is believed of an
// address before anything else of the site was seen.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using namespace one_site;

class ClosedSiteTest : public OneSiteTest {
 protected:
  const std::string closed = "http://a.test/tam-nghi";

  void look_at(const std::string& path) {
    pass(6min);
    visit(at(path));
  }
  /// The site closes: the address leads to the page that says so.
  void send_away(const std::string& path) { network.change(at(path), test::redirect(closed)); }
};

TEST_F(ClosedSiteTest, AnotherPageInAnArticlesPlaceWaitsForAWitness) {
  know(3);
  pass(3h);
  network.change(at("0"), test::answer(200, maintenance));
  for (int i = 0; i < 5; ++i) look_at("0");
  EXPECT_EQ(told(), Told{}) << "who knows what the others show?";
  look_at("1");
  look_at("0");
  EXPECT_EQ(told(), Told{"revised"}) << "the article was exchanged, and the site is open";
}

TEST_F(ClosedSiteTest, WithoutAWitnessADayIsLongEnough) {
  know(1);
  pass(3h);
  network.change(at("0"), test::answer(200, maintenance));
  visit(at("0"));
  pass(23h);
  visit(at("0"));
  EXPECT_EQ(told(), Told{});
  pass(1h);
  visit(at("0"));
  EXPECT_EQ(told(), Told{"revised"});
}

TEST_F(ClosedSiteTest, ANewArticleIsNotThePageThatSaysSo) {
  know(1);
  network.on(closed, test::answer(200, maintenance));
  network.on(at("moi-tinh"), test::redirect(closed));
  name(at("moi-tinh"));
  for (int i = 0; i < 3; ++i) look_at("moi-tinh");
  EXPECT_EQ(told(), Told{});
  EXPECT_EQ(articles(), 1);
  network.change(at("moi-tinh"), test::answer(200, page(7)));
  look_at("moi-tinh");
  EXPECT_EQ(told(), Told{"published"});
}

TEST_F(ClosedSiteTest, TheWitnessOfLastWeekSaysNothingWhenItClosesAgain) {
  know(1);
  network.on(closed, test::answer(200, maintenance));
  network.on(at("moi-tinh"), test::redirect(closed));
  name(at("moi-tinh"));
  look_at("moi-tinh");
  network.change(at("moi-tinh"), test::answer(404));
  look_at("moi-tinh");
  look_at("0");
  pass(7 * 24h);
  send_away("moi-tinh");
  for (int i = 0; i < 3; ++i) look_at("moi-tinh");
  EXPECT_EQ(articles(), 1);
}

TEST_F(ClosedSiteTest, OneOfSeveralServersThatIsClosedIsNoArticle) {
  know(3);
  pass(3h);
  network.on(closed, test::answer(200, maintenance));
  network.on(at("moi-tinh"), test::redirect(closed));
  name(at("moi-tinh"));
  send_away("0");
  send_away("1");
  for (const auto* path : {"moi-tinh", "0", "1", "2", "moi-tinh"}) look_at(path);
  EXPECT_EQ(articles(), 3) << "others are well, but two known articles lead there too";
}

TEST_F(ClosedSiteTest, WhatWasTakenDownLongAgoIsNoStateOfTheSite) {
  constexpr int count = 8;
  constexpr int taken_down = 4;
  know(count);
  const auto look_at_all = [&] {
    for (int i = 0; i < count; ++i) visit(at(std::to_string(i)));
    test::run(io, crawler.examine_sources());
  };
  for (int i = 0; i < taken_down; ++i) {  // one a day
    network.change(at(std::to_string(i)), test::answer(404));
    for (int k = 0; k < 8; ++k) {
      pass(6h);
      visit(at(std::to_string(i)));
      visit(at(std::to_string(count - 1)));
    }
  }
  Told expected;
  for (int i = 0; i < taken_down; ++i) {
    expected.emplace_back("missing");
    expected.emplace_back("removed");
  }
  EXPECT_EQ(told(), expected);
  pass(2h);
  look_at_all();
  EXPECT_EQ(told(), Told{});
}

TEST_F(ClosedSiteTest, ASiteThatLostItsListsTooTellsOfNoArticle) {
  know(2);
  const auto look_at_all = [&] {
    for (const auto* path : {"0", "1"}) look_at(path);
    visit("http://a.test/");
  };
  for (const auto& url : {at("0"), at("1"), std::string("http://a.test/")})
    network.change(url, test::answer(404));
  visit("http://a.test/");
  for (int i = 0; i < 30; ++i) look_at_all();
  EXPECT_EQ(told(), Told{}) << "two articles are no state of a site, but its list is gone too";
  network.change("http://a.test/",
                 test::answer(200, "<a href=\"/tin-tuc/0.html\">" + title(0) + "</a>"));
  network.change(at("0"), test::answer(200, page(0)));
  look_at_all();
  look_at_all();
  EXPECT_EQ(told(), Told{"missing"}) << "the other one is back";
}

TEST_F(ClosedSiteTest, AnArticleAtAnAddressOfAnotherNameIsBelievedAfterAWitness) {
  know(1);
  const std::string target = "http://a.test/chuyen-muc/ben-nuoc";
  network.on(target, test::answer(200, page(7)));
  network.on(at("moi-tinh"), test::redirect(target));
  name(at("moi-tinh"));
  look_at("moi-tinh");
  EXPECT_EQ(told(), Told{});
  look_at("0");
  look_at("moi-tinh");
  EXPECT_EQ(told(), Told{"published"});
}

TEST_F(ClosedSiteTest, ASourceWithOneArticleNeedsNoWitnessForEver) {
  const std::string target = "http://a.test/chuyen-muc/ben-nuoc";
  network.on(target, test::answer(200, page(7)));
  network.on(at("moi-tinh"), test::redirect(target));
  name(at("moi-tinh"));
  visit(at("moi-tinh"));
  pass(5h);
  visit(at("moi-tinh"));
  EXPECT_EQ(told(), Told{});
  pass(2h);
  visit(at("moi-tinh"));
  EXPECT_EQ(told(), Told{"published"});
}

TEST_F(ClosedSiteTest, AnAddressThatKeepsItsNameIsBelievedAtOnce) {
  network.on("http://a.test/p/48213", test::redirect("http://a.test/tin/ben-nuoc-48213.html"));
  network.on("http://a.test/tin/ben-nuoc-48213.html", test::answer(200, page(7)));
  name("http://a.test/p/48213");
  visit("http://a.test/p/48213");
  EXPECT_EQ(told(), Told{"published"});
}

}  // namespace
}  // namespace tinwatch::crawl
