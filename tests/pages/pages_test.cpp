#include "api/answer_fixture.hpp"
#include "pages/answer.hpp"

namespace tinwatch::pages {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using api::record_of;
using storage::now;

/// What a newspaper may print as a headline: an element, the ends of attributes, and a mark that
/// turns all that comes after it round.
const std::string hostile = "<script>alert(\"1\")</script> it's '\"><img src=x> & \u202Eback";
const std::string escaped =
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; it&#39;s &#39;&quot;&gt;&lt;img src=x&gt; "
    "&amp; \u202Eback";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++times;
  return times;
}

/// One article that says the hostile thing everywhere, edited once.
class PagesTest : public api::AnswerTest {
 protected:
  PagesTest() {
    change("UPDATE sources SET name = '<b>bao'");
    auto first = article(0, record("once "));
    first.events.front().data = event_data("once ");
    EXPECT_EQ(test::run(io, store.commit(std::move(first))), storage::CommitResult::committed);
    auto second = edited(0, record("twice "));
    second.at = now + 1h;
    second.revision->not_before = now + 30min;
    second.events.front().type = EventType::article_revised;
    second.events.front().data = event_data("twice ");
    second.events.push_back({.id = "hit", .type = EventType::watch_hit, .at = now});
    second.events.back().data = event_data("twice ");
    EXPECT_EQ(test::run(io, store.commit(std::move(second))), storage::CommitResult::committed);
  }
  static json::object record(const std::string& prefix) {
    auto out = record_of(1, 1);
    out["headline"] = prefix + hostile;
    out["url"] = "http://a.test/<script>";
    out["author"] = {{{"name", hostile}}};
    out["articleSection"] = {hostile};
    out["body"] = {{{"type", "paragraph"}, {"text", "same words " + prefix + hostile}}};
    return out;
  }
  static std::string event_data(const std::string& prefix) {
    return json::serialize(json::object{{"article", {{"headline", prefix + hostile}}},
                                        {"revision", 2},
                                        {"watch", {{"name", "w"}, {"title", hostile}}}});
  }
  /// As a browser asks.
  api::Reply asked(std::string_view target, const std::string& language = "en") {
    const storage::Reader reader(path);
    auto request = api::parse_target("GET", target);
    request.accept = "text/html,application/xhtml+xml";
    request.accept_language = language;
    return pages::answer(reader, request, {.now = now, .utc_offset = 7h});
  }
  /// The page, which holds no element but its own.
  std::string page(const std::string& target) {
    const auto reply = asked(target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.content_type, "text/html; charset=utf-8");
    EXPECT_TRUE(reply.damaged.empty()) << reply.damaged.front();
    for (const auto* element : {"<script>", "<img", "<b>", "\"1\"", "src=x>", "'\"", " & "})
      EXPECT_EQ(reply.body.find(element), std::string::npos) << target << ": " << element;
    return reply.body;
  }
};

TEST_F(PagesTest, EveryPageEscapesWhatSitesSay) {
  const auto article = "/articles/" + id_of(0);
  EXPECT_EQ(count(page("/"), "twice " + escaped), 2U) << "the hit and the edit";
  const auto stream = page("/stream");
  EXPECT_EQ(count(stream, "once " + escaped), 1U) << "published";
  EXPECT_EQ(count(stream, "twice " + escaped), 2U) << "revised, the hit";
  EXPECT_EQ(count(stream, ">&lt;b&gt;bao<"), 3U) << "the source's name, and in the filter";
  EXPECT_NE(stream.find(article + "/diff?from=1&amp;to=2\">what changed</a>"), std::string::npos);
  EXPECT_EQ(count(page("/articles"), "twice " + escaped), 1U);
  const auto text = page(article);
  EXPECT_EQ(count(text, "<title>twice " + escaped), 1U);
  EXPECT_EQ(count(text, "same words twice " + escaped), 1U);
  EXPECT_EQ(count(page(article + "?revision=1"), "same words once " + escaped), 1U);
  page("/sources");
  page("/deliveries");
}

TEST_F(PagesTest, ADifferenceStandsByParagraph) {
  const auto article = "/articles/" + id_of(0);
  const auto text = page(article + "/diff");
  EXPECT_EQ(text, page(article + "/diff?from=1&to=2")) << "the newest change";
  EXPECT_EQ(count(text, "</span>once<span"), 2U) << "headline and body, removed";
  EXPECT_EQ(count(text, "</span>twice<span"), 2U);
  EXPECT_NE(text.find("<a href=\"#place-1\">2 edits</a>"), std::string::npos);
  EXPECT_NE(text.find("id=\"place-2\""), std::string::npos);
  const auto side = page(article + "/diff?from=1&to=2&view=side");
  EXPECT_EQ(count(side, "class=\"sides\""), 2U);
  const auto back = page(article + "/diff?from=2&to=1");
  EXPECT_EQ(count(back, "</span>twice<span"), 2U) << "backwards";
  EXPECT_EQ(asked(article + "/diff?from=1&to=3").status, 404);
  const auto same = page(article + "/diff?from=1&to=1");
  EXPECT_NE(same.find("These two revisions say the same."), std::string::npos);
}

/// An override that nobody closes turns round all that comes after it in its line, ours too.
TEST_F(PagesTest, AMarkThatTurnsTextRoundTurnsNothingBesideIt) {
  for (const auto& target : {std::string("/"), std::string("/stream"), "/articles/" + id_of(0)}) {
    const auto text = page(target);
    std::size_t inside = 0;
    for (auto at = text.find("\u202E"); at != std::string::npos; at = text.find("\u202E", at + 1)) {
      const auto line = text.rfind('\n', at) + 1;
      const auto before = text.substr(line, at - line);
      const bool isolated = count(before, "<bdi>") == count(before, "</bdi>") + 1;
      const bool alone = before.starts_with("<p>") || before.find("<title>") != std::string::npos;
      EXPECT_TRUE(isolated || alone) << before;
      inside += isolated ? 1 : 0;
    }
    EXPECT_GE(inside, 2U) << target;
  }
}

TEST_F(PagesTest, NumbersOutOfRangeAreRefusedAndNeverWrapped) {
  for (const auto* query : {"from=4294967297", "to=4294967297", "from=0", "to=-1", "from=x"})
    EXPECT_EQ(asked("/articles/" + id_of(0) + "/diff?" + query).status, 400) << query;
  EXPECT_EQ(asked("/articles/" + id_of(0) + "?revision=4294967297").status, 400);
  EXPECT_EQ(asked("/articles/" + id_of(0) + "?revision=9").status, 404);
}

TEST_F(PagesTest, TheGravestEditsComeFirst) {
  change(
      "UPDATE events SET type = 'tinwatch.article.revised', at = " +
      std::to_string(now.time_since_epoch().count()) +
      ";UPDATE events SET data = '{\"article\":{\"headline\":\"of a "
      "letter\"},\"change\":{\"class\":"
      "\"typo\"}}' WHERE seq = 3;"
      "UPDATE events SET data = '{\"article\":{\"headline\":\"of a fact\"},\"change\":{\"class\":"
      "\"fact\"}}' WHERE seq = 1;"
      "UPDATE events SET at = at - 90000000 WHERE seq = 2");
  const auto text = page("/");
  EXPECT_LT(text.find("of a fact"), text.find("of a letter")) << "the newest is not the first";
  EXPECT_EQ(count(text, "<li class=\"event\">"), 2U) << "one is older than a day";
  EXPECT_EQ(count(text, "<path d=\"M0 0h100v1h-100z\"/>"), 2U) << "and one of each class";
  EXPECT_NE(text.find("<a href=\"/stream?class=fact\">fact</a></th><td>1 <svg"), std::string::npos);
}

TEST_F(PagesTest, SpeaksTheReadersLanguage) {
  EXPECT_NE(asked("/stream", "vi-VN,vi;q=0.9,en;q=0.8").body.find("<h1>Dòng tin</h1>"),
            std::string::npos);
  EXPECT_NE(asked("/stream", "en;q=0.9,vi;q=0.8").body.find("<h1>Stream</h1>"), std::string::npos);
  EXPECT_NE(asked("/stream", "de,vi;q=0.1").body.find("<html lang=\"vi\">"), std::string::npos);
  EXPECT_NE(asked("/stream", "").body.find("<html lang=\"en\">"), std::string::npos);
}

TEST_F(PagesTest, TheStreamIsFiltered) {
  const auto events = [&](const std::string& query) {
    return count(page("/stream?" + query), "<li class=\"event\">");
  };
  EXPECT_EQ(events(""), 3U);
  EXPECT_EQ(events("type=tinwatch.watch.hit"), 1U);
  EXPECT_EQ(events("source=khac"), 0U);
  EXPECT_EQ(events("source=%3Cb%3Ebao"), 3U);
  EXPECT_EQ(events("text=TWICE"), 2U);
  EXPECT_EQ(events("class=fact"), 0U);
  EXPECT_EQ(events("before=2"), 1U);
  EXPECT_EQ(asked("/stream?type=nothing").status, 400);
  EXPECT_EQ(asked("/stream?class=nothing").status, 400);
  EXPECT_EQ(asked("/stream?before=x").status, 400);
  EXPECT_NE(page("/stream?source=khac").find("No event fits this filter."), std::string::npos);
}

TEST_F(PagesTest, WhatWasThereBeforeIsNoNews) {
  change("UPDATE events SET discovery = 'baseline'");
  EXPECT_EQ(count(page("/stream"), "<li class=\"event\">"), 0U);
  EXPECT_NE(page("/").find("Nothing has changed since the first sweep."), std::string::npos);
}

TEST_F(PagesTest, ADamagedRowIsLeftOutAndNamed) {
  change("UPDATE events SET data = 'no json' WHERE type = 'tinwatch.article.published'");
  const auto reply = asked("/stream");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(count(reply.body, "<li class=\"event\">"), 2U);
  ASSERT_EQ(reply.damaged.size(), 1U);
  EXPECT_EQ(reply.damaged[0].substr(0, 8), "event 1:");
}

TEST_F(PagesTest, AssetsAreNamedByWhatIsInThem) {
  const auto front = page("/");
  const auto at = front.find("/assets/style.");
  const auto path_of_style = front.substr(at, front.find('"', at) - at);
  const auto reply = asked(path_of_style);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.content_type, "text/css; charset=utf-8");
  EXPECT_TRUE(reply.is_immutable);
  EXPECT_EQ(asked("/assets/style.000000000000.css").status, 404);
}

TEST_F(PagesTest, AFaultIsAPageForABrowserAndJsonForAProgram) {
  const auto seen = asked("/nothing");
  EXPECT_EQ(seen.content_type, "text/html; charset=utf-8");
  EXPECT_NE(seen.body.find("<h1>There is no such page</h1>"), std::string::npos);
  auto request = api::parse_target("GET", "/nothing");
  const storage::Reader reader(path);
  const auto told = pages::answer(reader, request, {.now = now});
  EXPECT_EQ(told.status, 404);
  EXPECT_EQ(told.content_type, "application/problem+json");
}

TEST_F(PagesTest, TheStreamIsAFeedToo) {
  const auto feed = [&](const std::string& query) {
    const storage::Reader reader(path);
    return pages::answer(reader, api::parse_target("GET", "/stream.atom?" + query),
                         {.now = now, .external_url = "https://watch.test/", .utc_offset = 7h});
  };
  const auto reply = feed("");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.content_type, "application/atom+xml; charset=utf-8");
  EXPECT_EQ(count(reply.body, "<entry>"), 3U);
  EXPECT_EQ(count(reply.body, "<title>hit: twice " + escaped + "</title>"), 1U);
  EXPECT_NE(reply.body.find("<link rel=\"alternate\" type=\"text/html\" "
                            "href=\"https://watch.test/articles/" +
                            id_of(0) + "/diff?from=1&amp;to=2\"/>"),
            std::string::npos);
  EXPECT_EQ(count(reply.body, "<script"), 0U);
  EXPECT_NE(reply.body.find("&lt;p&gt;&amp;lt;b&amp;gt;bao"), std::string::npos)
      << "escaped as HTML, and that as XML";
  EXPECT_EQ(count(feed("watch=w").body, "<entry>"), 3U);
  EXPECT_EQ(count(feed("watch=khac").body, "<entry>"), 0U);
  EXPECT_NE(feed("text=twice").body.find("href=\"https://watch.test/stream.atom?text=twice\""),
            std::string::npos);
  EXPECT_EQ(reply.etag, "\"3-en\"");
  change("UPDATE events SET data = replace(data, 'twice', '\\u0001\\uffff')");
  EXPECT_EQ(count(feed("").body, "\x01"), 0U) << "XML has no such character";
  EXPECT_EQ(count(feed("").body, "\xEF\xBF\xBF"), 0U);
}

TEST_F(PagesTest, WhatTakesTooLongIsGivenUp) {
  change(
      "ALTER TABLE events RENAME TO kept;"
      "CREATE VIEW events AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
      "SELECT i AS seq, 'e' AS id, 't' AS type, 1 AS source, NULL AS article, i AS at, i AS "
      "sequence, 'live' AS discovery, '{}' AS data FROM n");
  const storage::Reader reader(path, {.time = 1h, .steps = 1'000'000});
  for (const auto* target : {"/", "/stream"}) {
    reader.begin_question();
    EXPECT_EQ(pages::answer(reader, api::parse_target("GET", target), {.now = now}).status, 503)
        << target;
  }
}

TEST_F(PagesTest, APageStaysUnderAHundredKilobytes) {
  json::object big = record("");
  auto& body = big["body"].emplace_array();
  for (int i = 0; i < 3000; ++i)
    body.push_back(json::object{{"type", "paragraph"},
                                {"text", "Đoạn " + std::to_string(i) + std::string(300, 'x')}});
  change("UPDATE revisions SET record = replace(record, '', '')");
  auto commit = edited(0, big);
  commit.article = storage::KnownArticle{.row = ArticleRow(1),
                                         .id = id_of(0),
                                         .head_revision = 2,
                                         .event_sequence = 3,
                                         .last_shown_at = now};
  EXPECT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
  for (const auto& target : {"/articles/" + id_of(0), "/articles/" + id_of(0) + "/diff"}) {
    const auto reply = asked(target);
    EXPECT_EQ(reply.status, 200);
    EXPECT_LT(reply.body.size(), 100'000U) << target;
    EXPECT_NE(reply.body.find("it is whole in the JSON"), std::string::npos) << target;
  }
}

TEST_F(PagesTest, ALinkLeadsOutOnlyToTheWeb) {
  change("UPDATE revisions SET record = replace(record, 'http://a.test/<script>', 'javascript:1')");
  const auto text = page("/articles/" + id_of(0));
  EXPECT_EQ(text.find("href=\"javascript"), std::string::npos);
  EXPECT_NE(text.find("javascript:1"), std::string::npos) << "it is shown as text";
}

TEST_F(PagesTest, WhatIsNotThereIsNotFound) {
  for (const auto* target : {"/articles/ffffffff", "/articles/ffffffff/diff", "/nothing",
                             "/articles/00000000/diff/more"})
    EXPECT_EQ(asked(target).status, 404) << target;
}

}  // namespace
}  // namespace tinwatch::pages
