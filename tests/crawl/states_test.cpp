#include "crawl/one_site_fixture.hpp"

#include <boost/json.hpp>

// States of an article that come and go, or that a paywall or a new template makes: what is told of
// them, and how often.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using namespace one_site;

/// A page of the site, in parts that a test may exchange.
struct Paper {
  int number = 1;
  int paragraphs = 12;
  std::string headline;  ///< empty: its own
  std::string edit;      ///< words in the middle of the third paragraph
  std::string more;      ///< a paragraph at the end
  bool is_free = true;
  bool is_new = false;  ///< by another template, which puts its own line under each text
  int lost = 0;         ///< bytes that its end lacks
};

std::string print(const Paper& paper) {
  const auto headline = paper.headline.empty() ? title(paper.number) : paper.headline;
  std::string out = "<html><head><title>" + headline + "</title>";
  if (!paper.is_free)
    out += R"(<script type="application/ld+json">{"@context":"https://schema.org",)"
           R"("@type":"NewsArticle","isAccessibleForFree":false,"headline":")" +
           headline + "\"}</script>";
  const std::string names = paper.is_new ? "kf" : "dt";
  out += "</head><body class=\"" + names + "-trang\"><header class=\"" + names +
         "-dau\"><nav class=\"" + names + "-menu\"><a class=\"" + names +
         "-nut\" href=\"/\">Trang chủ</a></nav></header><main class=\"" + names +
         "-giua\"><article class=\"" + names + "-bai\"><h1 class=\"" + names + "-tit\">" +
         headline + "</h1>";
  for (int i = 0; i < paper.paragraphs; ++i)
    out += "<p class=\"" + names + "-doan\">Chuyến " + std::to_string(paper.number * 1000 + i) +
           " chở gạo và mắm, người lái kể rằng nước rút " + (i == 2 ? paper.edit : "") +
           " từ lúc gà gáy, phải chờ con nước sau mới vào được bến số " +
           std::to_string(paper.number + i) + ".</p>";
  if (!paper.more.empty()) out += "<p class=\"" + names + "-doan\">" + paper.more + "</p>";
  if (paper.is_new)
    out +=
        "<p class=\"kf-doan\">Bạn đọc gửi chuyện bến nước của mình về cho tòa soạn để được in "
        "trong số cuối tuần này.</p>";
  out += "</article></main><footer class=\"" + names + "-chan\">Tòa soạn</footer></body></html>";
  return out.substr(0, out.size() - static_cast<std::size_t>(paper.lost));
}

class StatesTest : public OneSiteTest {
 protected:
  void show(const Paper& paper) {
    network.change(at(std::to_string(paper.number)), test::answer(200, print(paper)));
  }
  void publish(const Paper& paper) {
    show(paper);
    const auto url = at(std::to_string(paper.number));
    name(url);
    visit(url);
    EXPECT_EQ(told(), Told{"published"});
  }
  /// Looks at the first article, so many minutes later.
  void look(Duration later = 6min, int number = 1) {
    pass(later);
    visit(at(std::to_string(number)));
  }
  /// The article shows one and the other in turn.
  void flip(const Paper& one, const Paper& other, int times, Duration every = 10min) {
    for (int i = 0; i < times; ++i) {
      show(i % 2 == 0 ? other : one);
      look(every, one.number);
    }
  }
  storage::StoredArticle stored(int number = 1) const {
    const auto url = at(std::to_string(number));
    return storage::Reader(folder / "t.db").find_article(SourceRow(1), "", url, url).value();
  }
  std::string text(int number = 1) const {
    return record_from_json(stored(number).head.record).article_body();
  }
  /// `change` of the newest event.
  boost::json::object change() const {
    const auto events = storage::Reader(folder / "t.db").events(0, std::nullopt, 10'000);
    return boost::json::parse(events.back().data).at("change").as_object();
  }
  void expect_sound() const {
    EXPECT_EQ(storage::Reader(folder / "t.db").verify("").faults, std::vector<std::string>{});
  }
};

TEST_F(StatesTest, APaywallPutUpIsToldOnceAndItsTextIsKept) {
  publish({});
  const auto whole = text();
  show({.paragraphs = 5, .is_free = false});
  look();
  EXPECT_EQ(told(), Told{}) << "it may be there for some readers only";
  look();
  ASSERT_EQ(told(), Told{"revised"});
  EXPECT_EQ(change().at("class").as_string(), "metadata");
  EXPECT_TRUE(change().at("paywall").as_bool());
  EXPECT_EQ(text(), whole);
  for (int i = 0; i < 5; ++i) look(2h);
  EXPECT_EQ(told(), Told{});
  EXPECT_EQ(text(), whole) << "the day's page takes nothing away";
  show({.paragraphs = 5, .headline = "Ghe số 1 nay đã cập bến an toàn", .is_free = false});
  look();
  EXPECT_EQ(told(), Told{"revised"}) << "what is still shown is still watched";
  EXPECT_EQ(text(), whole);
  show({.headline = "Ghe số 1 nay đã cập bến an toàn"});
  look();
  look();
  look();
  look();
  ASSERT_EQ(told(), Told{"revised"});
  EXPECT_FALSE(change().at("paywall").as_bool()) << "taken away";
  expect_sound();
}

TEST_F(StatesTest, APaywallWithoutAWordOfTheTextIsNoTakedown) {
  publish({});
  show({.paragraphs = 0, .is_free = false});
  for (int i = 0; i < 4; ++i) look();
  ASSERT_EQ(told(), Told{"revised"});
  EXPECT_TRUE(change().at("paywall").as_bool());
  expect_sound();
}

TEST_F(StatesTest, ATextThatIsCutForEverybodyIsACut) {
  publish({});
  show({.paragraphs = 2});
  look();
  look();
  ASSERT_EQ(told(), Told{"revised"});
  EXPECT_EQ(change().at("class").as_string(), "cut");
}

TEST_F(StatesTest, AMeteredPaywallIsToldOnce) {
  publish({});
  flip({}, {.paragraphs = 2, .is_free = false}, 40);
  EXPECT_EQ(told(), Told{"revised"});
  EXPECT_TRUE(change().at("alternates").as_bool());
  EXPECT_NE(text().find("1011"), std::string::npos);
  expect_sound();
}

TEST_F(StatesTest, TwoHeadlinesInTurnAreToldOnceAsSuch) {
  const Paper other{.headline = "Gió ngược, ghe số 1 về bến muộn"};
  publish({});
  flip({}, other, 60);
  EXPECT_EQ(told(), (Told{"revised", "revised"})) << "the first may be an edit";
  EXPECT_TRUE(change().at("alternates").as_bool());
  expect_sound();
  auto edited = other;
  edited.edit = "nhanh hơn mọi khi";
  Paper original;
  original.edit = edited.edit;
  flip(original, edited, 20);
  EXPECT_EQ(told(), Told{"revised"}) << "an edit of the text, under either headline";
}

TEST_F(StatesTest, EveryFifthAnswerCutIsToldOnceAsSuch) {
  publish({});
  const auto whole = text();
  for (int i = 0; i < 60; ++i) {
    show(i % 5 == 4 ? Paper{.paragraphs = 2} : Paper{});
    look(10min);
  }
  EXPECT_EQ(told(), Told{"revised"});
  EXPECT_TRUE(change().at("alternates").as_bool());
  EXPECT_EQ(text(), whole);
  const auto kept = storage::Reader(folder / "t.db").last_capture(stored().row);
  EXPECT_NE(kept->body.find("1011"), std::string::npos) << "the next page is compared with a whole";
  expect_sound();
}

TEST_F(StatesTest, AnswersThatBreakOffHereAndThereAreNoEdits) {
  publish({});
  const auto whole = text();
  for (int i = 0; i < 60; ++i) {
    show({.lost = i % 10 < 4 ? 200 + 37 * i : 0});
    look(10min);
  }
  EXPECT_EQ(told(), Told{}) << "four in a row, and each at another place";
  EXPECT_EQ(text(), whole);
  show({.paragraphs = 9, .lost = 7});
  for (int i = 0; i < 100; ++i) look();
  EXPECT_EQ(told(), Told{"revised"}) << "it stays so";
  expect_sound();
}

TEST_F(StatesTest, AnEndThatASiteNeverSendsIsNotWaitedFor) {
  publish({.lost = 7});
  show({.paragraphs = 10, .lost = 7});
  look();
  EXPECT_EQ(told(), Told{"revised"});
}

TEST_F(StatesTest, OldCopiesAfterAnEditAreNoAlternates) {
  publish({});
  pass(3h);
  const Paper edited{.edit = "nhanh hơn mọi khi"};
  for (int i = 0; i < 50; ++i) {
    show(i % 2 == 0 ? edited : Paper{});
    look(1min);
  }
  show(edited);
  look();
  EXPECT_EQ(told(), Told{"revised"});
  EXPECT_FALSE(change().contains("alternates"));
}

TEST_F(StatesTest, OneServerOfSeveralThatLacksAnArticleIsNoTakedown) {
  for (int number = 1; number < 5; ++number) publish({.number = number});
  unsigned random = 7;
  for (int i = 0; i < 2000; ++i) {
    random = random * 1103515245U + 12345U;
    const bool lacks = (random >> 16U) % 3 == 0;
    network.change(at("1"), lacks ? test::answer(404) : test::answer(200, print({})));
    look(2min);
    if (i % 7 == 0) visit(at("2"));
  }
  const auto all = told();
  EXPECT_LE(all.size(), 2U) << "of 2,000 looks";
  network.change(at("1"), test::answer(404));
  for (int i = 0; i < 60; ++i) {
    look(2min);
    visit(at("2"));
  }
  EXPECT_EQ(told(), Told{"missing"}) << "once it is gone from all";
  expect_sound();
}

TEST_F(StatesTest, AReturnIsToldWhenItWasSeenTwice) {
  for (int number = 1; number < 5; ++number) publish({.number = number});
  network.change(at("1"), test::answer(404));
  for (int i = 0; i < 4; ++i) {
    look(3min);
    visit(at("2"));
  }
  EXPECT_EQ(told(), Told{}) << "no list was read since: it may have moved";
  for (int i = 0; i < 8; ++i) {
    look(3min);
    visit(at("2"));
  }
  EXPECT_EQ(told(), Told{"missing"});
  show({});
  look();
  network.change(at("1"), test::answer(404));
  look();
  EXPECT_EQ(told(), Told{}) << "one server had it once more";
  show({});
  look();
  EXPECT_EQ(told(), Told{});
  look();
  EXPECT_EQ(told(), Told{"returned"});
  expect_sound();
}

TEST_F(StatesTest, ARobotsFileThatForbidsAPageMakesItUnknown) {
  for (int number = 1; number < 5; ++number) publish({.number = number});
  network.change("http://a.test/robots.txt",
                 test::answer(200, "User-agent: *\nDisallow: /tin-tuc/\n"));
  pass(25h);
  for (int i = 0; i < 40; ++i) look(1h);
  EXPECT_EQ(told(), Told{});
  EXPECT_EQ(stored().standing.absence, Absence{});
}

TEST_F(StatesTest, ANewTemplateWithTheSameTextsIsNoEdit) {
  for (int number = 1; number < 7; ++number) publish({.number = number});
  pass(2h);
  for (int round = 0; round < 4; ++round)
    for (int number = 1; number < 7; ++number) {
      show({.number = number, .is_new = true});
      look(2min, number);
    }
  EXPECT_EQ(told(), Told{});
  for (int number = 1; number < 7; ++number) {
    show({.number = number, .more = "Chiều nay bến mở lại.", .is_new = true});
    look(2min, number);
    EXPECT_EQ(told(), Told{"revised"}) << "the new template is what is compared with";
  }
  expect_sound();
}

TEST_F(StatesTest, AnEditAmongNewTemplatesIsTold) {
  for (int number = 1; number < 7; ++number) publish({.number = number});
  pass(2h);
  for (int round = 0; round < 3; ++round)
    for (int number = 1; number < 7; ++number) {
      show({.number = number, .edit = number == 4 ? "rất nhanh" : "", .is_new = true});
      look(2min, number);
    }
  EXPECT_EQ(told(), Told{"revised"});
}

TEST_F(StatesTest, AnArticleThatIsSetAnewAloneIsToldWhenOthersWereSeen) {
  for (int number = 1; number < 7; ++number) publish({.number = number});
  pass(2h);
  for (int round = 0; round < 3; ++round)
    for (int number = 1; number < 7; ++number) {
      show({.number = number, .is_new = number == 4});
      look(2min, number);
    }
  EXPECT_EQ(told(), Told{"revised"});
}

TEST_F(StatesTest, AllTextsCutAtOnceAreTheSites) {
  for (int number = 1; number < 7; ++number) publish({.number = number});
  for (int round = 0; round < 4; ++round)
    for (int number = 1; number < 7; ++number) {
      show({.number = number, .paragraphs = 2});
      look(2min, number);
    }
  EXPECT_EQ(told(), Told{});
  for (int number = 1; number < 7; ++number) {
    show({.number = number});
    look(2min, number);
  }
  EXPECT_EQ(told(), Told{});
}

}  // namespace
}  // namespace tinwatch::crawl
