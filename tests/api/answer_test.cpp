#include "api/answer.hpp"

#include "list_reply.hpp"
#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <set>

namespace tinwatch::api {
namespace {

namespace json = boost::json;
using storage::now;

class AnswerTest : public storage::StoreTest {
 protected:
  /// Stores so many articles with this record.
  void publish(int count, const json::object& record) {
    for (int i = 0; i < count; ++i) {
      auto commit = published("http://a.test/" + std::to_string(i));
      commit.article = storage::NewArticle{.id = "00000000-0000-7000-8000-" +
                                                 std::to_string(100'000'000'000 + i)};
      commit.standing->identifier = std::to_string(i);
      commit.state->headline = record.at("headline").as_string();
      commit.state->record = json::serialize(record);
      commit.events.front().data =
          json::serialize(json::object{{"article", {{"headline", commit.state->headline}}}});
      asio::co_spawn(
          io, store.commit(std::move(commit)),
          [](const std::exception_ptr& failure, storage::CommitResult) { ASSERT_FALSE(failure); });
    }
    io.restart();
    io.run();
  }
  Reply asked(std::string_view target) {
    const storage::Reader reader(path);
    return answer(reader, parse_target("GET", target), {.now = now});
  }
  void change(const std::string& sql) { storage::sqlite::Connection(path).execute(sql); }
};

json::object record_of(std::size_t body_bytes, std::size_t description_bytes) {
  const std::string text(body_bytes, 'b');
  return {{"headline", "Tin"},
          {"url", "http://a.test/"},
          {"description", std::string(description_bytes, 'd')},
          {"author", {{{"name", "An"}}}},
          {"articleSection", {"Trang nhất"}},
          {"body", {{{"type", "paragraph"}, {"text", text}}}},
          {"articleBody", text},
          {"wordCount", 1}};
}

TEST_F(AnswerTest, AListCarriesNoText) {
  publish(30, record_of(1'000'000, 10));
  const auto reply = asked("/api/v1/articles?limit=1000");
  EXPECT_LT(reply.body.size(), 30'000U);
  const auto items = json::parse(reply.body).at("items").as_array();
  ASSERT_EQ(items.size(), 30U);
  const auto& article = items[0].at("article").as_object();
  EXPECT_EQ(article.at("headline").as_string(), "Tin");
  EXPECT_EQ(article.at("author").at(0).at("name").as_string(), "An");
  EXPECT_EQ(article.at("articleSection").at(0).as_string(), "Trang nhất");
  EXPECT_FALSE(article.contains("body") || article.contains("articleBody"));
  const auto id = std::string(items[0].at("id").as_string());
  EXPECT_GT(asked("/api/v1/articles/" + id).body.size(), 2'000'000U) << "one article is whole";
  EXPECT_LT(asked("/api/v1/articles/" + id + "/revisions").body.size(), 2'000U);
  EXPECT_LT(asked("/").body.size(), 50'000U);
}

TEST_F(AnswerTest, ALongListEndsEarlyAndGoesOnWithNothingLost) {
  publish(700, record_of(10, 100'000));
  std::set<std::string> seen;
  int pages = 0;
  std::string after;
  for (bool more = true; more; ++pages) {
    const auto reply = asked("/api/v1/articles?limit=1000" + after);
    EXPECT_LT(reply.body.size(), most_list_bytes + 10'000);
    const auto page = json::parse(reply.body);
    for (const auto& item : page.at("items").as_array())
      EXPECT_TRUE(seen.insert(std::string(item.at("id").as_string())).second);
    more = !page.at("next").is_null();
    if (more) after = "&after=" + std::string(page.at("next").as_string());
  }
  EXPECT_EQ(seen.size(), 700U);
  EXPECT_GT(pages, 1);
}

TEST_F(AnswerTest, OldEventsWithLongDataEndAPageEarlyToo) {
  publish(10, record_of(1, 1));
  change(
      "UPDATE events SET data = '{\"article\":{\"headline\":\"' || hex(zeroblob(200000)) || "
      "'\"}}'");
  std::size_t seen = 0;
  std::string after = "0";
  for (;;) {
    const auto reply = asked("/api/v1/events?limit=1000&after=" + after);
    EXPECT_LT(reply.body.size(), most_list_bytes + 500'000);
    const auto page = json::parse(reply.body);
    const auto& items = page.at("items").as_array();
    if (items.empty()) break;
    seen += items.size();
    after = page.at("next").as_string();
  }
  EXPECT_EQ(seen, 10U);
  EXPECT_LT(asked("/").body.size(), 50'000U) << "pages clip headlines";
}

TEST_F(AnswerTest, DamagedRowsAreLeftOutAndNamed) {
  publish(5, record_of(1, 1));
  change(
      "UPDATE events SET data = '{\"article\":' WHERE seq = 2;"
      "UPDATE events SET data = '[]' WHERE seq = 3;"
      "UPDATE events SET discovery = 'sideways' WHERE seq = 4");
  for (const auto* target : {"/", "/api/v1/events"}) {
    const auto reply = asked(target);
    EXPECT_EQ(reply.status, 200) << target;
    ASSERT_GE(reply.damaged.size(), 2U) << target;
    const auto named = [&](const char* row) {
      return std::any_of(reply.damaged.begin(), reply.damaged.end(),
                         [&](const auto& text) { return text.starts_with(row); });
    };
    EXPECT_TRUE(named("event 2: ") && named("event 4: ")) << target;
    EXPECT_FALSE(named("event 1: ") || named("event 5: ")) << target;
  }
  change("UPDATE revisions SET record = 'not json' WHERE row = 1");
  const auto reply = asked("/api/v1/articles");
  EXPECT_EQ(json::parse(reply.body).at("items").as_array().size(), 4U);
  EXPECT_EQ(reply.damaged.size(), 1U);
}

TEST_F(AnswerTest, NumbersOutOfRangeAreRefusedAndNeverWrapped) {
  publish(1, record_of(1, 1));
  const std::string id = "00000000-0000-7000-8000-100000000000";
  for (const std::string target :
       {"/diff?from=4294967297", "/diff?to=4294967297", "/diff?from=0", "/diff?to=-1",
        "/diff?from=x", "/revisions/4294967297", "/revisions/0", "/revisions?after=99999999999"}) {
    EXPECT_EQ(asked("/api/v1/articles/" + id + target).status, 400) << target;
    if (!target.starts_with("/diff")) continue;
    EXPECT_EQ(asked("/articles/" + id + target).status, 400) << target;
  }
  for (const auto* target :
       {"/api/v1/articles?limit=0", "/api/v1/articles?limit=1001",
        "/api/v1/articles?limit=18446744073709551617", "/api/v1/articles?after=1",
        "/api/v1/articles?after=99999999999999999999_1", "/api/v1/articles?since=1000000000y",
        "/api/v1/articles?since=900y900y", "/api/v1/events?after=9223372036854775808"})
    EXPECT_EQ(asked(target).status, 400) << target;
  EXPECT_EQ(asked("/api/v1/articles?since=900y").status, 200);
}

TEST_F(AnswerTest, AQuestionWithoutAnEndIsGivenUp) {
  change(
      "ALTER TABLE events RENAME TO kept;"
      "CREATE VIEW events AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
      "SELECT i AS seq, 'e' AS id, 't' AS type, 1 AS source, NULL AS article, i AS at, i AS "
      "sequence, "
      "'live' AS discovery, '{}' AS data FROM n");
  const storage::Reader reader(path, {.time = std::chrono::hours{1}, .steps = 1'000'000});
  for (const auto* target : {"/", "/api/v1/events?since=2020-01-01", "/api/v1/status"}) {
    reader.begin_question();
    const auto reply = answer(reader, parse_target("GET", target), {.now = now});
    EXPECT_EQ(reply.status, 503) << target;
    EXPECT_NE(reply.body.find("took too long"), std::string::npos) << reply.body;
  }
  reader.begin_question();
  EXPECT_EQ(answer(reader, parse_target("GET", "/api/v1/articles"), {.now = now}).status, 200)
      << "the reader lives on";
}

}  // namespace
}  // namespace tinwatch::api
