#include "crawl/one_site_fixture.hpp"

#include <array>

// What happens to addresses and to whole sites, and is not what happens to articles. The source has
// no profile: nothing but its pages says which article is which.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using namespace one_site;

using MovesTest = OneSiteTest;

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

/// A text of six paragraphs, of which the first so many are others than they were.
std::string edited_page(int edits) {
  constexpr std::array words = {"harbour", "bridge", "winter", "council", "ferry",  "market",
                                "teacher", "school", "river",  "garden",  "engine", "railway",
                                "baker",   "bread",  "storm",  "letter",  "museum", "lantern",
                                "bicycle", "tunnel", "forest", "captain", "violin"};
  std::string out =
      "<html lang=\"en\"><head><title>The town tells its story anew</title></head><body><article>"
      "<h1>The town tells its story anew</h1>";
  for (int paragraph = 0; paragraph < 6; ++paragraph) {
    const auto first = static_cast<std::size_t>(paragraph + (paragraph < edits ? 6 : 0));
    out += "<p>Of the";
    for (std::size_t i = 0; i < 40; ++i)
      out += ' ' + std::string(words[(first * 5 + i * (first + 1)) % words.size()]);
    out += " nobody knew more.</p>";
  }
  return out + "</article></body></html>";
}

TEST_F(MovesTest, AnArticleThatWasEditedOftenMovesAsItIs) {
  publish_at_cu(edited_page(0));
  for (int edits = 1; edits <= 6; ++edits) {
    pass(3h);
    network.change(at("cu"), test::answer(200, edited_page(edits)));
    visit(at("cu"));
    EXPECT_EQ(told(), Told{"revised"}) << edits;
  }
  network.change(at("cu"), test::answer(404));
  network.on(at("moi"), test::answer(200, edited_page(6)));
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

/// The same path at another origin.
std::string at_new(const std::string& origin, int number) {
  return origin + at(std::to_string(number)).substr(std::string("http://a.test").size());
}

Told times(std::size_t count, const std::string& word) { return Told(count, word); }

TEST_F(MovesTest, AWholeSiteMovesWithRedirects) {
  know(6);
  for (const bool to_https : {true, false}) {
    const std::string origin = to_https ? "https://a.test" : "https://www.moi.test";
    network.on(origin + "/robots.txt", test::answer(404));
    for (int i = 0; i < 6; ++i) {
      const auto from = to_https ? at(std::to_string(i)) : at_new("https://a.test", i);
      const auto to = at_new(origin, i);
      network.change(from, test::redirect(to, 301));
      network.change(to, test::answer(200, page(i, to)));
      pass(1min);
      visit(from);
      visit(to);
    }
    EXPECT_EQ(told(), times(6, "moved")) << origin;
    const auto edited = at_new(origin, 2);
    network.change(edited, test::answer(200, page(2, edited, to_https ? 2 : 3)));
    visit(edited);
    EXPECT_EQ(told(), Told{"revised"}) << "later edits are followed there";
    network.change(edited, test::answer(200, page(2, edited)));
    for (int i = 0; i < 15; ++i) {
      pass(6min);
      visit(edited);
    }
    EXPECT_EQ(told(), Told{"revised"});
  }
  EXPECT_EQ(articles(), 6);
}

TEST_F(MovesTest, AConfiguredChangeOfTheHostCarriesItsArticles) {
  know(6);
  network.on("https://b.test/robots.txt", test::answer(404));
  for (int i = 0; i < 6; ++i) {
    network.change(at(std::to_string(i)), test::failure(FetchFailure::dns));
    const auto to = at_new("https://b.test", i);
    network.on(to, test::answer(200, page(i, to)));
  }
  configure("https://b.test/");
  pass(3h);
  for (int i = 0; i < 6; ++i) {
    name(at_new("https://b.test", i));
    visit(at_new("https://b.test", i));
  }
  EXPECT_EQ(told(), times(6, "moved"));
  network.change(at_new("https://b.test", 2),
                 test::answer(200, page(2, at_new("https://b.test", 2), 2)));
  pass(20min);
  visit(at_new("https://b.test", 2));
  EXPECT_EQ(told(), Told{"revised"});
  EXPECT_EQ(articles(), 6);
  for (int i = 0; i < 3; ++i) {
    pass(1h);
    visit(at("2"));
  }
  const auto explained = storage::Reader(folder / "t.db").explain(at("2"));
  EXPECT_FALSE(explained.at(0).waiting) << "the dead host is not asked for ever";
}

TEST_F(MovesTest, ANewSchemeOfAddressesWithoutRedirectsCarriesItsArticles) {
  know(6);
  pass(20min);
  for (int i = 0; i < 6; ++i) {
    network.change(at(std::to_string(i)), test::answer(404));
    network.on(at("moi-" + std::to_string(i)), test::answer(200, page(i)));
  }
  for (int round = 0; round < 4; ++round)
    for (int i = 0; i < 6; ++i) {
      pass(1min);
      visit(at(std::to_string(i)));
    }
  EXPECT_EQ(told(), Told{});
  for (int i = 0; i < 6; ++i) {
    name(at("moi-" + std::to_string(i)));
    visit(at("moi-" + std::to_string(i)));
  }
  for (int i = 0; i < 6; ++i) visit(at(std::to_string(i)));
  EXPECT_EQ(told(), times(6, "moved"));
  EXPECT_EQ(articles(), 6);
}

TEST_F(MovesTest, AStateOfTheSiteIsToldOnceAndWhenItIsOver) {
  const auto examine = [&] { test::run(io, crawler.examine_sources()); };
  know(6);
  for (const auto& bad : {test::answer(404), test::answer(200, maintenance)}) {
    for (int i = 0; i < 6; ++i) network.change(at(std::to_string(i)), bad);
    for (int round = 0; round < 3; ++round) {
      for (int i = 0; i < 6; ++i) {
        pass(1min);
        visit(at(std::to_string(i)));
      }
      examine();
    }
    EXPECT_EQ(told(), Told{"unreachable"});
    for (int i = 0; i < 6; ++i) {
      network.change(at(std::to_string(i)), test::answer(200, page(i)));
      pass(1min);
      visit(at(std::to_string(i)));
      examine();
    }
    EXPECT_EQ(told(), Told{"recovered"});
  }
}

TEST_F(MovesTest, ParametersThatCarryNothingAreLearnt) {
  know(4);
  int sid = 0;
  const auto named = [&] {
    std::string list = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Tin</title>";
    for (int i = 0; i < 4; ++i) {
      const auto url = at(std::to_string(i)) + "?sid=" + std::to_string(++sid);
      list += "<item><title>" + title(i) + "</title><link>" + url + "</link></item>";
      network.change(url, test::answer(200, page(i)));
    }
    network.change("http://a.test/", test::answer(200, list + "</channel></rss>"));
    pass(20min);
    visit("http://a.test/");
    for (int i = 0; i < 4; ++i) {
      const auto url = at(std::to_string(i)) + "?sid=" + std::to_string(sid - 3 + i);
      const auto found = storage::Reader(folder / "t.db").frontier_item("bao", url);
      if (found) test::run(io, crawler.visit(*found));
    }
  };
  for (int round = 0; round < 3; ++round) named();
  const auto before = network.requests.size();
  named();
  EXPECT_EQ(network.requests.size() - before, 1U) << "the list alone";
  EXPECT_EQ(told(), Told{});
  EXPECT_EQ(articles(), 4);
}

}  // namespace
}  // namespace tinwatch::crawl
