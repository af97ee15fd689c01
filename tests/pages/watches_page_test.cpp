#include "api/watch_list.hpp"
#include "pages/answer.hpp"
#include "pages/watch_form.hpp"
#include "storage/hits_fixture.hpp"

#include <boost/json.hpp>

namespace tinwatch::pages {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using storage::now;

const std::string hostile = "<script>alert(\"1\")</script> '\"><img src=x> &";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class WatchesPageTest : public storage::HitsTest {
 protected:
  api::Request request(std::string_view target, const std::string& language) {
    auto out = api::parse_target("GET", target);
    out.accept = "text/html";
    out.accept_language = language;
    return out;
  }
  api::Context context() const { return {.now = now, .utc_offset = 7h, .watches = watches}; }
  api::Reply ask(std::string_view target, const std::string& language = "en") {
    const storage::Reader reader(path);
    return pages::answer(reader, request(target, language), context());
  }
  std::string page(const std::string& target, const std::string& language = "en") {
    const auto reply = ask(target, language);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_TRUE(reply.damaged.empty());
    for (const auto* element : {"<script>", "<img", "src=x>", "'\""})
      EXPECT_FALSE(has(reply.body, element)) << target << ": " << element;
    return reply.body;
  }
  std::string form(WatchAnswer answer) {
    const storage::Reader reader(path);
    const auto reply =
        watch_form_page(reader, request("/watches", "en"), context(), std::move(answer));
    return std::to_string(reply.status) + reply.body;
  }
  static std::shared_ptr<const api::WatchList> two() {
    api::WatchList list;
    list.watches.push_back({.name = "border",
                            .title = hostile,
                            .team = "default",
                            .definition = R"({"query":"x"})",
                            .query = hostile,
                            .mode = "tone",
                            .receivers = {"desk"},
                            .warnings = {hostile}});
    list.watches.push_back({.name = "own",
                            .title = "Own",
                            .team = "default",
                            .is_own = true,
                            .definition = json::serialize(json::object{
                                {"title", "Own"}, {"query", hostile}, {"receivers", {"desk"}}}),
                            .query = hostile,
                            .mode = "fold",
                            .receivers = {"desk"},
                            .snoozed_here = now + 1h,
                            .fault = hostile});
    list.receivers = {"desk", "night"};
    return std::make_shared<const api::WatchList>(std::move(list));
  }
  std::shared_ptr<const api::WatchList> watches = two();
};

TEST_F(WatchesPageTest, TheListSaysWhatEachWatchIsAndFound) {
  hit("border");
  hit("border", now - 25h);
  const auto text = page("/watches");
  EXPECT_TRUE(has(text, "<a href=\"/watches/border\">"));
  EXPECT_TRUE(has(text, "<dd>2 <svg class=\"spark\""));
  EXPECT_TRUE(has(text, "<a href=\"/hits?watch=border\">2</a>"));
  EXPECT_TRUE(has(text, "in the configuration"));
  EXPECT_TRUE(has(text, "Snoozed until</dt><dd><time datetime=\"1970-02-12T00:00:00+07:00\">"));
  EXPECT_TRUE(has(text, "Not in force: "));
  EXPECT_TRUE(has(text, "<h2>New watch</h2>"));
  EXPECT_TRUE(has(text, "name=\"receiver:night\""));
  EXPECT_TRUE(has(page("/watches", "vi"), "<h2>Theo dõi mới</h2>"));
  watches = std::make_shared<const api::WatchList>();
  EXPECT_TRUE(has(page("/watches"), "There is no watch yet."));
}

TEST_F(WatchesPageTest, TheListGoesOnBehindTheHundredth) {
  api::WatchList list;
  for (int i = 100; i < 201; ++i)
    list.watches.push_back({.name = "w" + std::to_string(i), .title = "T", .definition = "{}"});
  watches = std::make_shared<const api::WatchList>(std::move(list));
  const auto first = page("/watches");
  EXPECT_TRUE(has(first, "<a href=\"/watches?after=w199\" rel=\"next\">"));
  EXPECT_FALSE(has(first, "/watches/w200"));
  const auto rest = page("/watches?after=w199");
  EXPECT_TRUE(has(rest, "/watches/w200"));
  EXPECT_FALSE(has(rest, "rel=\"next\""));
  EXPECT_LT(first.size(), 100'000U);
}

TEST_F(WatchesPageTest, AWatchOfTheConfigurationIsShownAndNotEdited) {
  const auto text = page("/watches/border");
  EXPECT_TRUE(has(text, "stands in the configuration"));
  EXPECT_FALSE(has(text, "value=\"save\""));
  EXPECT_FALSE(has(text, "value=\"delete\""));
  EXPECT_TRUE(has(text, "value=\"snooze\"")) << "anybody may snooze it";
  EXPECT_FALSE(has(text, "value=\"wake\"")) << "it is awake";
  EXPECT_TRUE(has(text, "href=\"/stream.atom?watch=border\""));
  EXPECT_TRUE(has(text, "<figure class=\"chart\">"));
  EXPECT_EQ(ask("/watches/nobody").status, 404);
}

TEST_F(WatchesPageTest, AWatchMadeHereHasItsForm) {
  const auto text = page("/watches/own");
  EXPECT_TRUE(has(text, "<form class=\"edit\" action=\"/watches/own\" method=\"post\">"));
  EXPECT_TRUE(has(text, "&lt;img src=x&gt; &amp;</textarea>"));
  EXPECT_TRUE(has(text, "name=\"receiver:desk\" value=\"1\" checked"));
  EXPECT_FALSE(has(text, "name=\"receiver:night\" value=\"1\" checked"));
  EXPECT_TRUE(has(text, "value=\"delete\""));
  EXPECT_TRUE(has(text, "value=\"wake\""));
  EXPECT_FALSE(has(text, "name=\"name\"")) << "its name stays";
}

TEST_F(WatchesPageTest, AFormSaysWhatIsWrongAndWhatWouldHaveHit) {
  WatchAnswer answer;
  answer.definition = {{"name", "n"}, {"query", hostile}, {"phrases", {"a", "b"}}};
  answer.status = 400;
  answer.faults = {hostile};
  answer.warnings = {hostile};
  api::Preview preview{.revisions = 7, .since = now - 1h, .is_complete = false, .hits = 3};
  preview.added = 2;
  preview.lost = 1;
  preview.compares = true;
  preview.shown = {{.kind = api::PreviewHit::Kind::lost,
                    .article = "a1",
                    .source = "bao",
                    .headline = hostile,
                    .revision = 2,
                    .at = now,
                    .sentence = hostile}};
  answer.preview = preview;
  const auto text = form(answer);
  EXPECT_TRUE(text.starts_with("400"));
  EXPECT_FALSE(has(text, "<img"));
  EXPECT_TRUE(has(text, "role=\"alert\""));
  EXPECT_TRUE(has(text, "<strong>3 hits</strong> 7 revisions were read, back to"));
  EXPECT_TRUE(has(text, "<strong>+2, −1</strong>"));
  EXPECT_TRUE(has(text, "It stopped early"));
  EXPECT_TRUE(has(text, "<span class=\"class\">lost</span>"));
  EXPECT_TRUE(has(text, "href=\"/articles/a1?revision=2#text\""));
  EXPECT_TRUE(has(text, ">a\nb</textarea>"));
}

TEST_F(WatchesPageTest, HitsAreTriagedByAPlainForm) {
  hit("border");
  hit("gone");
  const auto text = page("/hits");
  EXPECT_TRUE(has(text, "<form class=\"triage\" action=\"/hits\" method=\"post\">"));
  EXPECT_TRUE(has(text, "name=\"hit:hit1\""));
  EXPECT_TRUE(has(text, "aria-labelledby=\"hit-1\""));
  EXPECT_TRUE(has(text, "id=\"hit-1\"><a href=\"/articles/"));
  EXPECT_TRUE(has(text, "Câu 1"));
  for (const auto* verdict : {"relevant", "irrelevant", "done", "new"})
    EXPECT_TRUE(has(text, std::string("name=\"verdict\" value=\"") + verdict + '"')) << verdict;
  const auto one = page("/hits?watch=gone");
  EXPECT_FALSE(has(one, "hit:hit1"));
  EXPECT_TRUE(has(one, "<option value=\"gone\" selected>")) << "a watch that is no more";
  EXPECT_TRUE(has(one, "name=\"of_watch\" value=\"gone\""));
}

TEST_F(WatchesPageTest, HitsAreShownByVerdict) {
  hit("border");
  hit("border");
  const storage::Triage what{.ids = {"hit1"},
                             .verdict = storage::Verdict::relevant,
                             .note = hostile,
                             .assignee = hostile,
                             .who = hostile,
                             .at = now};
  EXPECT_TRUE(test::run(io, store.write(&storage::triage, what)).empty());
  EXPECT_FALSE(has(page("/hits"), "hit:hit1")) << "the open ones";
  const auto judged = page("/hits?verdict=relevant");
  EXPECT_TRUE(has(judged, "hit:hit1"));
  EXPECT_FALSE(has(judged, "hit:hit2"));
  EXPECT_TRUE(has(judged, "Note: "));
  EXPECT_TRUE(has(page("/hits?verdict=all"), "hit:hit2"));
  EXPECT_TRUE(has(page("/hits?verdict=done"), "No hit fits this filter."));
  EXPECT_EQ(ask("/hits?verdict=fresh").status, 400);
}

TEST_F(WatchesPageTest, HitsGoOnPageByPage) {
  EXPECT_TRUE(has(page("/hits"), "No open hit"));
  for (int i = 0; i < 51; ++i) hit("border");
  const auto first = page("/hits");
  EXPECT_TRUE(has(first, "<a href=\"/hits?verdict=new&amp;watch=&amp;before=2\" rel=\"next\">"));
  const auto rest = page("/hits?before=2");
  EXPECT_TRUE(has(rest, "hit:hit1\""));
  EXPECT_FALSE(has(rest, "hit:hit2\""));
  EXPECT_LT(first.size(), 100'000U);
}

TEST_F(WatchesPageTest, TheOverviewCountsOpenHitsByWatch) {
  hit("border");
  hit("border");
  hit("other");
  const auto text = page("/");
  EXPECT_TRUE(has(text, "<a href=\"/hits?watch=border\"><bdi>border</bdi></a> 2"));
  EXPECT_TRUE(has(text, "<a href=\"/hits?watch=other\"><bdi>other</bdi></a> 1"));
}

TEST(DefinitionOf, TakesTheFieldsAndKeepsWhatNoFieldSays) {
  const json::object before{{"name", "w"},          {"title", "old"},
                            {"query", "x"},         {"team", "t"},
                            {"metrics", true},      {"include", {"baseline", "backfill"}},
                            {"receivers", {"desk"}}};
  const auto out = definition_of({{"title", " new "},
                                  {"query", "a\r\nOR b"},
                                  {"mode", "fold"},
                                  {"phrases", " "},
                                  {"receiver:night", "1"},
                                  {"action", "save"},
                                  {"csrf", "c"}},
                                 before);
  EXPECT_EQ(json::value(out), json::value({{"name", "w"},
                                           {"title", "new"},
                                           {"query", "a\nOR b"},
                                           {"mode", "fold"},
                                           {"team", "t"},
                                           {"metrics", true},
                                           {"include", {"backfill"}},
                                           {"receivers", {"night"}}}));
  const auto phrases = definition_of(
      {{"query", ""}, {"phrases", "một\r\n\r\n hai \r\n"}, {"mode", "tone"}, {"baseline", "1"}},
      {{"query", "x"}});
  EXPECT_EQ(json::value(phrases), json::value({{"mode", "tone"},
                                               {"phrases", {"một", "hai"}},
                                               {"receivers", json::array{}},
                                               {"include", {"baseline"}}}));
}

}  // namespace
}  // namespace tinwatch::pages
