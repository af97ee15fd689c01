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
    hit.hits.assign(50, {.field = "body", .offset = 1, .words = text});
    for (const auto& data :
         {article_data(article), revised_data(article, change, 3), moved_data(article, record.url),
          story_data(article, change, copies), hit_data(article, "w", text, hit)}) {
      const auto body = webhook(data);
      EXPECT_LT(body.size(), most_webhook_bytes);
      EXPECT_TRUE(is_valid_utf8(body));
      const auto item = json::parse(data).at("article").as_object();
      EXPECT_TRUE(item.at("truncated").as_bool()) << "it says so";
      EXPECT_EQ(item.at("url").as_string(), record.url);
    }
  }
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
