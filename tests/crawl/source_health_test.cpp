#include "crawl/source_health.hpp"

#include <gtest/gtest.h>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

const Instant begin = Instant{} + 1000h;

/// A source with a home page and a feed, an article an hour, looked after by one run after another.
class SourceHealthTest : public testing::Test {
 protected:
  SourceHealthTest() {
    plan.sources.emplace(
        "bao", SourcePlan{.name = "bao", .site = parsers::Site::generic(TimeZone::fixed(7h))});
    whole.date_published.emplace();
    whole.author = {"A"};
    whole.article_section = {"S"};
    whole.description = "D";
    whole.body.push_back({BlockType::paragraph, "P"});
    page = whole;
  }

  void pass(int hours) {
    for (int hour = 0; hour < hours; ++hour) {
      now += 1h;
      const auto url = "http://a.test/" + std::to_string(++published);
      const std::vector<std::string> named = {"http://a.test/" + std::to_string(published - 1),
                                              url};
      health.note_list("bao", true, now);
      for (const auto* list : {"http://a.test/", "http://a.test/rss"}) {
        health.note_visit("bao", list, true, now);
        if (list != stuck) health.note_names("bao", list, named, now);
      }
      health.note_article(plan.sources.at("bao"), url, now);
      health.note_page("bao", monitor::compared_fields(&whole, page), now);
      for (const auto& report : health.examine(plan, now)) {
        kept = report.condition;
        for (const auto& event : report.events)
          told.push_back(std::string(label(event.type)) + ' ' + event.data);
      }
    }
  }

  Plan plan;
  Cadence cadence{240};
  Instant now = begin;
  SourceHealth health{cadence, begin};
  ArticleRecord whole;
  ArticleRecord page;  ///< what today's pages show
  std::string stuck;   ///< a list that names nothing new
  int published = 0;
  storage::SourceCondition kept;
  std::vector<std::string> told;
};

TEST_F(SourceHealthTest, ADriftThatGrowsIsToldAgainAndKeptOverARestart) {
  pass(100);
  EXPECT_TRUE(told.empty());
  stuck = "http://a.test/rss";
  pass(40);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0], R"(tinwatch.source.drifted {"fields":[],"lists":["http://a.test/rss"]})");
  EXPECT_FALSE(health.is_drifted("bao")) << "its pages are read as ever";
  page.author.clear();
  pass(40);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1],
            R"(tinwatch.source.drifted {"fields":["author"],"lists":["http://a.test/rss"]})");

  SourceHealth next(cadence, now);
  next.restore(plan, {}, {kept}, now);
  EXPECT_TRUE(next.is_drifted("bao"));
  EXPECT_TRUE(next.examine(plan, now).empty()) << "all of it is known";

  page = whole;
  pass(40);
  EXPECT_EQ(told.size(), 2U) << "the feed is stuck still";
  EXPECT_FALSE(health.is_drifted("bao"));
  stuck.clear();
  pass(60);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_TRUE(told[2].starts_with("tinwatch.source.recovered"));
  EXPECT_TRUE(kept.drifted.empty());
}

TEST_F(SourceHealthTest, ListsThatNameNoArticleAreToldOfOnceAndOverARestart) {
  const auto read = [&](SourceHealth& on, std::optional<NoArticles> home,
                        std::optional<NoArticles> feed) {
    now += 10min;
    on.note_list("bao", true, now);
    on.note_content("bao", "http://a.test/", {home}, now);
    on.note_content("bao", "http://a.test/rss", {feed}, now);
    for (const auto& report : on.examine(plan, now)) {
      kept = report.condition;
      for (const auto& event : report.events)
        told.push_back(std::string(label(event.type)) + ' ' + event.data);
    }
  };
  for (int i = 0; i < 20; ++i) read(health, NoArticles::scripts, std::nullopt);
  EXPECT_FALSE(health.names_no_article("bao")) << "the feed names some";
  read(health, NoArticles::scripts, NoArticles::empty);
  EXPECT_TRUE(health.names_no_article("bao"));
  for (int i = 0; i < 5; ++i) read(health, NoArticles::scripts, NoArticles::empty);
  EXPECT_TRUE(told.empty()) << "within an hour a list may be made anew";
  for (int i = 0; i < 5; ++i) read(health, NoArticles::scripts, NoArticles::empty);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].substr(0, 66),
            R"(tinwatch.source.silent {"reason":"no_articles","lists":[{"url":"ht)");
  EXPECT_NE(told[0].find("written by its scripts"), std::string::npos);

  SourceHealth next(cadence, now);
  next.restore(plan, {}, {kept}, now);
  EXPECT_TRUE(next.examine(plan, now).empty()) << "it is known";
  read(next, NoArticles::scripts, NoArticles::empty);
  EXPECT_EQ(told.size(), 1U);
  read(next, NoArticles::scripts, std::nullopt);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].substr(0, 26), "tinwatch.source.recovered ");
}

TEST_F(SourceHealthTest, AListThatDoesNotAnswerSpeaksForNobody) {
  health.note_content("bao", "http://a.test/", {NoArticles::unnamed}, now);
  health.note_content("bao", "http://a.test/rss", {}, now);
  EXPECT_FALSE(health.names_no_article("bao"));
  health.note_visit("bao", "http://a.test/rss", false, now);
  EXPECT_TRUE(health.names_no_article("bao")) << "the other one names none";
  health.note_visit("bao", "http://a.test/", false, now);
  EXPECT_FALSE(health.names_no_article("bao")) << "nothing is read at all";
}

TEST_F(SourceHealthTest, AFeedThatBreaksOffIsToldOfWithItsLine) {
  const auto read = [&](std::size_t cut_at) {
    now += 30min;
    health.note_list("bao", true, now);
    health.note_content("bao", "http://a.test/", {}, now);
    health.note_content("bao", "http://a.test/rss", {.none = {}, .cut_at = cut_at}, now);
    for (const auto& report : health.examine(plan, now))
      for (const auto& event : report.events)
        told.push_back(std::string(label(event.type)) + ' ' + event.data);
  };
  read(7);
  EXPECT_TRUE(health.is_cut("bao"));
  read(0);
  EXPECT_FALSE(health.is_cut("bao"));
  EXPECT_TRUE(told.empty()) << "once is a bad connection";
  for (int i = 0; i < 4; ++i) read(7);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0],
            R"(tinwatch.source.silent {"reason":"feed_cut","lists":[{"url":"http://a.test/rss",)"
            R"("line":7}]})");
  read(0);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].substr(0, 26), "tinwatch.source.recovered ");
}

}  // namespace
}  // namespace tinwatch::crawl
