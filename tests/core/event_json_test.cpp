#include "core/event_json.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tinwatch {
namespace {

namespace json = boost::json;

TEST(EventJson, WhatIsWrittenOfAnArticleIsReadAgain) {
  const ArticleRecord record{.headline = "A bridge \"opens\""};
  auto data = article_event_data({"article-1", "bao", "http://a.test/1", 3, &record});
  put_watch(data, "bridges", "All bridges");
  const auto subject = subject_of(json::serialize(data));
  EXPECT_EQ(subject.article, "article-1");
  EXPECT_EQ(subject.headline, record.headline);
  EXPECT_EQ(subject.revision, 3);
  EXPECT_EQ(subject.watch, "All bridges");
}

TEST(EventJson, OfASourceIsAboutNoArticle) {
  const auto subject = subject_of(R"({"reason":"nothing_new"})");
  EXPECT_EQ(subject.article, "");
  EXPECT_FALSE(subject.revision);
}

TEST(EventJson, OfAnotherShapeIsNotRead) {
  for (const auto* data :
       {"", "[]", "{\"article\":", R"({"article":[]})", R"({"article":{"id":1}})",
        R"({"revision":"x"})", R"({"watch":{"title":[]}})"})
    EXPECT_ANY_THROW(static_cast<void>(subject_of(data))) << data;
}

TEST(EventJson, AnEventIsShownAsItIsStoredOrNotAtAll) {
  Event event;
  event.seq = 7;
  event.id = "e";
  event.type = "tinwatch.source.silent";
  event.source = "bao";
  event.discovery = Discovery::backfill;
  event.data = R"({"reason":"nothing_new"})";
  EXPECT_EQ(json::serialize(event_json(event)),
            R"({"seq":7,"id":"e","type":"tinwatch.source.silent","source":"bao",)"
            R"("time":"1970-01-01T00:00:00Z","sequence":0,"discovery":"backfill",)"
            R"("data":{"reason":"nothing_new"}})");
  event.is_damaged = true;
  EXPECT_THROW(static_cast<void>(event_json(event)), std::runtime_error);
}

}  // namespace
}  // namespace tinwatch
