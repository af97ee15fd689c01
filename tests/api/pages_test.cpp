#include "pages.hpp"

#include "api/answer_fixture.hpp"

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;

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
class PagesTest : public AnswerTest {
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
  /// The page, which holds no element but its own.
  std::string page(const std::string& target) {
    const auto reply = asked(target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.content_type, "text/html; charset=utf-8");
    EXPECT_TRUE(reply.damaged.empty()) << reply.damaged.front();
    for (const auto* element : {"<script", "<img", "<b>", "\"1\"", "src=x>", "'\"", " & "})
      EXPECT_EQ(reply.body.find(element), std::string::npos) << target << ": " << element;
    return reply.body;
  }
};

TEST_F(PagesTest, TheFrontPageEscapesWhatSitesSay) {
  const auto text = page("/");
  EXPECT_EQ(count(text, "once " + escaped), 1U) << "published";
  EXPECT_EQ(count(text, "twice " + escaped), 3U) << "revised, the hit, the list of articles";
  EXPECT_EQ(count(text, "&lt;b&gt;bao"), 4U) << "the source's name";
  EXPECT_NE(text.find(">watch hit</td>"), std::string::npos);
  EXPECT_NE(text.find("/articles/" + id_of(0) + "/diff?from=1&amp;to=2\">diff</a>"),
            std::string::npos);
}

TEST_F(PagesTest, AnArticlesPageEscapesWhatItSays) {
  const auto text = page("/articles/" + id_of(0));
  EXPECT_EQ(count(text, "<title>twice " + escaped + "</title>"), 1U);
  EXPECT_EQ(count(text, "twice " + escaped), 3U) << "title, heading, text";
  EXPECT_NE(text.find("diff?from=1&amp;to=2\">what changed</a>"), std::string::npos);
}

TEST_F(PagesTest, ADiffEscapesEachRun) {
  const auto text = page("/articles/" + id_of(0) + "/diff");
  EXPECT_EQ(text, page("/articles/" + id_of(0) + "/diff?from=1&to=2")) << "the newest change";
  EXPECT_EQ(count(text, "<del><bdi>once</bdi></del>"), 2U) << "headline and body";
  EXPECT_EQ(count(text, "<ins><bdi>twice</bdi></ins>"), 2U);
  EXPECT_EQ(count(text, escaped), 3U) << "the heading, and what stayed in both fields";
  const auto back = page("/articles/" + id_of(0) + "/diff?from=2&to=1");
  EXPECT_EQ(count(back, "<del><bdi>twice</bdi></del>"), 2U) << "backwards";
  EXPECT_EQ(asked("/articles/" + id_of(0) + "/diff?from=1&to=3").status, 404);
}

/// An override that nobody closes turns round all that comes after it in its line, ours too.
TEST_F(PagesTest, AMarkThatTurnsTextRoundTurnsNothingBesideIt) {
  for (const auto& target : {std::string("/"), "/articles/" + id_of(0) + "/diff"}) {
    const auto text = page(target);
    std::size_t inside = 0;
    for (auto at = text.find("\u202E"); at != std::string::npos; at = text.find("\u202E", at + 1)) {
      const auto line = text.rfind('\n', at) + 1;
      const auto before = text.substr(line, at - line);
      const bool isolated = count(before, "<bdi>") == count(before, "</bdi>") + 1;
      const bool alone = before.starts_with("<h1>") || before.find("<title>") != std::string::npos;
      EXPECT_TRUE(isolated || alone) << before;
      inside += isolated ? 1 : 0;
    }
    EXPECT_GE(inside, 2U) << target;
  }
}

TEST_F(PagesTest, ALinkLeadsOutOnlyToTheWeb) {
  change("UPDATE revisions SET record = replace(record, 'http://a.test/<script>', 'javascript:1')");
  const auto text = page("/articles/" + id_of(0));
  EXPECT_EQ(text.find("href=\"javascript"), std::string::npos);
  EXPECT_NE(text.find("javascript:1"), std::string::npos) << "it is shown as text";
}

TEST_F(PagesTest, WhatIsNotThereIsNotFound) {
  for (const auto* target : {"/articles", "/articles/ffffffff", "/articles/ffffffff/diff",
                             "/nothing", "/articles/00000000/diff/more"})
    EXPECT_EQ(asked(target).status, 404) << target;
}

TEST_F(PagesTest, TheApiSaysItAllAsJson) {
  const auto one = asked("/api/v1/articles/" + id_of(0));
  EXPECT_EQ(one.content_type, "application/json");
  EXPECT_EQ(json::parse(one.body).at("article").at("headline").as_string(), "twice " + hostile);
  const auto diff = json::parse(asked("/api/v1/articles/" + id_of(0) + "/diff").body);
  EXPECT_EQ(diff.at("from"), 1);
  EXPECT_EQ(diff.at("to"), 2);
  EXPECT_EQ(diff.at("notBefore"), "1970-02-11T16:30:00Z");
  const auto raw = asked("/api/v1/articles/" + id_of(0) + "/raw");
  EXPECT_EQ(raw.content_type, "text/plain; charset=utf-8") << "foreign HTML must not run here";
  EXPECT_EQ(raw.body, "<p>");
}

}  // namespace
}  // namespace tinwatch::api
