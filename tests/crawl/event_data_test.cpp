#include "event_data.hpp"

#include "core/text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace tinwatch::crawl {
namespace {

namespace json = boost::json;

/// Standard Webhooks: "payloads should be kept below 20kb".
constexpr std::size_t most_webhook_bytes = 20'000;

/// As long as a hostile page makes it, of what grows most in JSON or is cut wrongly first.
const std::vector<std::string> texts{std::string(300'000, 'a'), std::string(300'000, '"'),
                                     std::string(300'000, '\x01'), [] {
                                       std::string text;
                                       while (text.size() < 300'000) text += "ế ";
                                       return text;
                                     }()};

ArticleRecord record_of(const std::string& text) {
  ArticleRecord record;
  record.url = record.canonical_url = "http://a.test/" + std::string(2000, 'p');
  record.identifier = record.headline = record.description = text;
  record.article_section.assign(1000, text);
  return record;
}

std::string webhook(const std::string& data) {
  Event event;
  event.id = event.article = "0190b7c0-0000-7000-8000-000000000001";
  event.type = "tinwatch.article.published";
  event.source = "bao";
  event.data = data;
  return cloud_event_json(event, "https://watch.example/");
}

TEST(EventData, StaysBelowWhatReceiversTake) {
  for (const auto& text : texts) {
    const auto record = record_of(text);
    const EventArticle article{"0190b7c0-0000-7000-8000-000000000001", "bao", record.url, 7,
                               &record};
    monitor::Change change;
    change.fields = {"headline", "body"};
    change.words_added.assign(1000, text);
    change.words_removed.assign(5000, "từ");
    const std::vector<storage::CopyView> copies(
        50, {.id = article.id, .source = "bao", .url = record.url, .headline = text});
    watch::WatchHit hit;
    hit.hits.assign(
        50, {.field = "body", .offset = 1, .words = text, .sentence = text, .before = text});
    hit.flipped = hit.hits;
    const std::map<std::string, monitor::CopyWords> carry{{article.id, monitor::CopyWords::before}};
    for (const auto& data :
         {article_data(article), revised_data(article, change, 3), moved_data(article, record.url),
          story_data(article, change, copies, carry, {}),
          hit_data(article, "w", text, hit, "removed")}) {
      const auto body = webhook(data);
      EXPECT_LT(body.size(), most_webhook_bytes);
      EXPECT_TRUE(is_valid_utf8(body));
      const auto item = json::parse(data).at("article").as_object();
      EXPECT_TRUE(item.at("truncated").as_bool()) << "it says so";
      EXPECT_EQ(item.at("url").as_string(), record.url);
    }
  }
}

TEST(EventData, AStoryTellsWhoCarriesTheOldWords) {
  using namespace std::chrono_literals;
  ArticleRecord record;
  const EventArticle article{"c", "agency", "http://a.test/", 2, &record};
  const Instant now{100h};
  const std::vector<storage::CopyView> copies{{.id = "a", .edited_at = now - 2h},
                                              {.id = "b", .edited_at = now - 3h},
                                              {.id = "c"},
                                              {.id = "d", .edited_at = now - 4h}};
  const auto data = json::parse(story_data(article, {}, copies,
                                           {{"a", monitor::CopyWords::after},
                                            {"b", monitor::CopyWords::after},
                                            {"d", monitor::CopyWords::before}},
                                           now))
                        .as_object();
  EXPECT_EQ(json::serialize(data.at("carried")), R"({"old":1,"new":2,"neither":0})");
  EXPECT_EQ(data.at("follows").at("id"), "b") << "who had the new words first";
  EXPECT_EQ(data.at("follows").at("delaySeconds"), 3 * 3600);
  EXPECT_EQ(data.at("copies").as_array()[3].at("carries"), "old");
  EXPECT_FALSE(data.at("copies").as_array()[2].as_object().contains("carries")) << "the edited one";
}

TEST(EventData, AHitSaysItsSentenceAndWhy) {
  ArticleRecord record;
  const EventArticle article{"c", "agency", "http://a.test/", 2, &record};
  watch::WatchHit hit{.transition = Transition::disappeared};
  const std::string words = "lũ lớn";
  hit.hits.push_back(
      {.field = "body",
       .offset = 7,
       .words = words,
       .sentence = std::string(2000, 'x') + ' ' + words + " " + std::string(2000, 'y')});
  hit.flipped.push_back({.field = "headline", .words = "bão", .in_old_text = true});
  const auto data = json::parse(hit_data(article, "w", "W", hit, "removed")).as_object();
  EXPECT_EQ(data.at("reason"), "removed");
  const auto sentence = std::string(data.at("hits").at(0).at("sentence").as_string());
  EXPECT_LE(sentence.size(), 600U);
  EXPECT_NE(sentence.find(words), std::string::npos) << "it is cut around the words";
  EXPECT_EQ(data.at("flipped").at(0).at("words"), "bão");
  EXPECT_TRUE(data.at("flipped").at(0).at("inOldText").as_bool());
}

TEST(EventData, SaysWhereTheWholeIs) {
  EXPECT_EQ(json::parse(webhook("{}")).at("data").at("link"),
            "https://watch.example/articles/0190b7c0-0000-7000-8000-000000000001");
}

TEST(EventData, OrdinaryTextsAreWhole) {
  ArticleRecord record;
  record.headline = "Xã An Lạc Đông khởi công \"hồ chứa\" nước ngọt";
  record.description = std::string(2000, 'd');
  record.article_section = {"Trang nhất", "Xã hội"};
  const EventArticle article{"id", "bao", "http://a.test/", 1, &record};
  const auto item = json::parse(article_data(article)).at("article").as_object();
  EXPECT_EQ(item.at("headline").as_string(), record.headline);
  EXPECT_EQ(item.at("description").as_string(), record.description);
  EXPECT_EQ(item.at("articleSection").as_array().size(), 2U);
  EXPECT_FALSE(item.contains("truncated"));
}

}  // namespace
}  // namespace tinwatch::crawl
