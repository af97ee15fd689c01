#include "newsroom/papers.hpp"

#include "core/time.hpp"
#include "parsers/listing.hpp"
#include "sqlite.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

/// Papers that nobody has seen, each in a language and with a form of addresses of its own.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;
using newsroom::Paper;
using Language = Paper::Language;
using Shape = Paper::Shape;

struct Case {
  const char* name;
  Paper::Design design;
};

class Papers : public testing::TestWithParam<Case> {};

/// Addresses of what is stored as an article.
std::set<std::string> stored(const World& world) {
  storage::sqlite::Connection db(world.database(), storage::sqlite::Access::query_only);
  auto query = db.prepare("SELECT canonical_url FROM articles");
  std::set<std::string> out;
  while (query.step()) out.insert(query.text(0));
  return out;
}

TEST_P(Papers, EveryArticleIsFoundAndNothingElse) {
  World world;
  world.poll = {};
  world.recheck.reset();
  world.requests_an_hour = 240;
  Paper paper(GetParam().design, world.newsroom().origin());
  for (int i = 0; i < 30; ++i) paper.publish(world.clock().now() - 60h + i * 2h);
  world.newsroom().show(&paper);
  world.start({});
  world.pass(3h);
  const auto published = [&] {
    return std::set<std::string>(paper.articles().begin(), paper.articles().end());
  };
  EXPECT_EQ(stored(world), published()) << "what was there";
  const auto last = world.last_event();
  for (int i = 0; i < 12; ++i) {
    paper.publish(world.clock().now());
    world.pass(1h);
  }
  EXPECT_EQ(stored(world), published()) << "what came";
  EXPECT_EQ(world.events(last, EventType::article_published), 12U) << "each is told, and once";
  EXPECT_EQ(world.events(last, EventType::article_revised), 0U);
  EXPECT_LE(world.newsroom().log().size(), 15U * 240U);
  const auto none = std::count_if(world.newsroom().log().begin(), world.newsroom().log().end(),
                                  [](const auto& entry) { return entry.status == 404; });
  EXPECT_LE(none, 15) << "hardly anything is asked for that is not there";
}

INSTANTIATE_TEST_SUITE_P(
    OfAllShapes, Papers,
    testing::Values(Case{"Dated", {Language::en, Shape::dated, true, true}},
                    Case{"Numbered", {Language::vi, Shape::numbered, true, false}},
                    Case{"Hashed", {Language::ru, Shape::hashed, false, true}},
                    Case{"QueriedWithoutFeedOrSitemap",
                         {Language::vi, Shape::queried, false, false}},
                    Case{"BareWithoutFeedOrSitemap", {Language::zh, Shape::bare, false, false}}),
    [](const auto& one) { return std::string(one.param.name); });

/// A paper whose articles are set over three pages each, and which names all of them.
class LongArticles : public testing::Test {
 protected:
  LongArticles() {
    for (int i = 0; i < 6; ++i) paper.publish(world.clock().now() - 20h + i * 1h);
    world.newsroom().show(&paper);
    world.recheck = 15min;
    world.start({});
    world.pass(3h);
    last_ = world.last_event();
  }
  /// What was told since the last time: revisions, and everything else.
  std::pair<std::size_t, std::size_t> told() {
    const auto revised = world.events(last_, EventType::article_revised);
    const auto events = storage::Reader(world.database()).events(last_, std::nullopt, 1000);
    const auto all =
        static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [](const auto& event) {
          return event.discovery == Discovery::live;
        }));
    last_ = world.last_event();
    return {revised, all - revised};
  }
  using Told = std::pair<std::size_t, std::size_t>;

  World world;
  Paper paper{{Language::en, Shape::dated, true, true, 3}, world.newsroom().origin()};
  std::int64_t last_ = 0;
};

TEST_F(LongArticles, AreOneEach) {
  EXPECT_EQ(stored(world), std::set<std::string>(paper.articles().begin(), paper.articles().end()));
  const storage::Reader reader(world.database());
  for (const auto& url : paper.articles()) {
    const auto record = reader.revision(reader.article(url)->id, 0)->record;
    for (const auto* page : {" 2: People", " 3: People"})
      EXPECT_NE(record.find(page), std::string::npos) << url << page;
  }
  paper.publish(world.clock().now());
  world.pass(2h);
  EXPECT_EQ(told(), Told(0, 1));
}

TEST_F(LongArticles, AnEditOnPageTwoIsTold) {
  paper.edit(3, 2, "The keeper added that the lamp had gone out twice in the night.");
  world.pass(20min);
  EXPECT_EQ(told(), Told(1, 0));
  world.pass(6h);
  EXPECT_EQ(told(), Told(0, 0));
}

TEST_F(LongArticles, APageTwoThatDoesNotComeIsNoEdit) {
  world.newsroom().misbehave({.part = "winter/2", .how = "status", .value = "500", .times = 10});
  world.newsroom().misbehave({.part = "years/2", .how = "truncate", .times = 10});
  world.newsroom().misbehave({.part = "ever/2", .how = "status", .value = "429", .times = 1});
  world.pass(3h);
  EXPECT_EQ(told(), Told(0, 0));
  world.newsroom().behave();
  world.pass(24h);
  EXPECT_EQ(told(), Told(0, 0));
  paper.edit(1, 2, "The keeper added that the lamp had gone out twice in the night.");
  world.pass(1h);
  EXPECT_EQ(told(), Told(1, 0));
}

// A line inside of the text that is another one at each fetch, at every article.
TEST(CountingPaper, TellsEditsAndNoCounts) {
  World world;
  Paper paper({.counts = true}, world.newsroom().origin());
  for (int i = 0; i < 8; ++i) paper.publish(world.clock().now() - 20h + i * 1h);
  world.newsroom().show(&paper);
  world.recheck = 15min;
  world.start({});
  world.pass(12h);
  const auto revised = [&] { return world.events(0, EventType::article_revised); };
  EXPECT_EQ(revised(), 0U);
  const auto form = parsers::address_template(paper.articles().front());
  EXPECT_EQ(storage::Reader(world.database()).noise("newsroom", form).size(), 1U);
  paper.edit(2, 1, "The keeper said that 1,520 people had come.");
  world.pass(20min);
  EXPECT_EQ(revised(), 1U);
  paper.edit(2, 1, "Others count 1,620 of them.");
  world.pass(20min);
  EXPECT_EQ(revised(), 2U);
  world.pass(24h);
  EXPECT_EQ(revised(), 2U);
}

}  // namespace
}  // namespace tinwatch::test
