#include "api/answer.hpp"

#include "api/answer_fixture.hpp"
#include "list_reply.hpp"

#include <set>

namespace tinwatch::api {
namespace {

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
}

TEST_F(AnswerTest, TheSchemaOfAnEventStandsAlone) {
  for (const auto type : all_event_types) {
    const auto reply = asked("/schemas/" + std::string(label(type)) + "/1");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.content_type, "application/schema+json");
    EXPECT_EQ(reply.body.find("#/components"), std::string::npos) << "it leads nowhere else";
    const auto schema = json::parse(reply.body).as_object();
    const std::string mark = "\"#/$defs/";
    for (auto at = reply.body.find(mark); at != std::string::npos;
         at = reply.body.find(mark, at + 1)) {
      const auto begin = at + mark.size();
      EXPECT_TRUE(schema.at("$defs").as_object().contains(
          reply.body.substr(begin, reply.body.find('"', begin) - begin)));
    }
  }
  EXPECT_EQ(json::parse(asked("/schemas/tinwatch.watch.hit/1").body).at("required").as_array(),
            (json::array{"article", "watch", "transition", "hits"}));
  EXPECT_EQ(asked("/schemas/tinwatch.nothing/1").status, 404);
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
}

TEST_F(AnswerTest, DamagedRowsAreLeftOutAndNamed) {
  publish(5, record_of(1, 1));
  change(
      "UPDATE events SET data = '{\"article\":' WHERE seq = 2;"
      "UPDATE events SET data = '[]' WHERE seq = 3;"
      "UPDATE events SET discovery = 'sideways' WHERE seq = 4");
  const auto events = asked("/api/v1/events");
  EXPECT_EQ(events.status, 200);
  ASSERT_GE(events.damaged.size(), 2U);
  const auto named = [&](const char* row) {
    return std::any_of(events.damaged.begin(), events.damaged.end(),
                       [&](const auto& text) { return text.starts_with(row); });
  };
  EXPECT_TRUE(named("event 2: ") && named("event 4: "));
  EXPECT_FALSE(named("event 1: ") || named("event 5: "));
  change("UPDATE revisions SET record = 'not json' WHERE row = 1");
  const auto reply = asked("/api/v1/articles");
  EXPECT_EQ(json::parse(reply.body).at("items").as_array().size(), 4U);
  EXPECT_EQ(reply.damaged.size(), 1U);
}

TEST_F(AnswerTest, NumbersOutOfRangeAreRefusedAndNeverWrapped) {
  publish(1, record_of(1, 1));
  const std::string id = id_of(0);
  for (const std::string target :
       {"/diff?from=4294967297", "/diff?to=4294967297", "/diff?from=0", "/diff?to=-1",
        "/diff?from=x", "/revisions/4294967297", "/revisions/0", "/revisions?after=99999999999"}) {
    EXPECT_EQ(asked("/api/v1/articles/" + id + target).status, 400) << target;
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
  for (const auto* target : {"/api/v1/events?since=2020-01-01", "/api/v1/status"}) {
    reader.begin_question();
    const auto reply = answer(reader, parse_target("GET", target), {.now = now});
    EXPECT_EQ(reply.status, 503) << target;
    EXPECT_NE(reply.body.find("took too long"), std::string::npos) << reply.body;
  }
  reader.begin_question();
  EXPECT_EQ(answer(reader, parse_target("GET", "/api/v1/articles"), {.now = now}).status, 200)
      << "the reader lives on";
}

TEST_F(AnswerTest, AnAddressIsExplainedByWhatItsFormWas) {
  const std::string url = "http://a.test/tin/mot-cay-cau-moi-100234.html";
  const std::string form = "a.test/tin/SLUG+n.html";
  storage::ListCommit list{
      .frontier = {.row = FrontierRow(1), .visited_at = now, .end = storage::Seen{}},
      .source = SourceRow(1),
      .at = now};
  list.found = {{url, "a.test"}};
  test::run(io, store.commit_list(std::move(list)));
  const auto explained = [&] {
    return json::parse(asked("/api/v1/explain?url=" + url).body).at("items").at(0).as_object();
  };
  EXPECT_FALSE(explained().contains("form")) << "nobody knows";
  auto commit = article(1, record_of(1, 1));
  const auto row = storage::Reader(path).frontier_item("bao", url)->row;
  commit.frontier = {.row = row, .visited_at = now, .end = storage::Seen{}};
  commit.frontier.vote = storage::Vote{.address_template = form, .is_article = true};
  commit.noise.address_template = form;
  commit.noise.learned.push_back({.form = "# views", .moves = 3, .articles = 2});
  test::run(io, store.commit(std::move(commit)));
  const auto known = explained();
  EXPECT_EQ(known.at("form"), (json::value{{"template", form}, {"articles", 1}, {"others", 0}}));
  EXPECT_EQ(known.at("noise").at(0).at("form").as_string(), "# views");
  EXPECT_EQ(known.at("noise").at(0).at("moves").as_int64(), 3);
}

TEST_F(AnswerTest, AnArticleItsDifferenceAndItsBytes) {
  const std::string hostile = "<script>1</script> & \u202Eback";
  auto record = record_of(1, 1);
  record["headline"] = "once";
  EXPECT_EQ(test::run(io, store.commit(article(0, record))), storage::CommitResult::committed);
  record["headline"] = hostile;
  auto second = edited(0, record);
  second.revision->not_before = now + std::chrono::minutes{30};
  EXPECT_EQ(test::run(io, store.commit(std::move(second))), storage::CommitResult::committed);
  const auto one = asked("/api/v1/articles/" + id_of(0));
  EXPECT_EQ(one.content_type, "application/json");
  EXPECT_EQ(json::parse(one.body).at("article").at("headline").as_string(), hostile);
  const auto diff = json::parse(asked("/api/v1/articles/" + id_of(0) + "/diff").body);
  EXPECT_EQ(diff.at("from"), 1);
  EXPECT_EQ(diff.at("to"), 2);
  EXPECT_EQ(diff.at("notBefore"), "1970-02-11T16:30:00Z");
  const auto raw = asked("/api/v1/articles/" + id_of(0) + "/raw");
  EXPECT_EQ(raw.content_type, "text/plain; charset=utf-8") << "foreign HTML must not run here";
  EXPECT_EQ(raw.body, "<p>");
  EXPECT_EQ(asked("/stream").status, 404) << "pages are another module's";
}

}  // namespace
}  // namespace tinwatch::api
