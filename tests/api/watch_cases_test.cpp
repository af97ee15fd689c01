#include "api/watch_cases.hpp"

#include "api/answer_fixture.hpp"
#include "api/watch_list.hpp"
#include "storage/hits.hpp"

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;
using storage::Verdict;

/// Articles that a watch hit and people judged; then the watch is another.
class WatchCasesTest : public AnswerTest {
 protected:
  void hit(int number, const std::string& headline, Verdict verdict,
           Transition transition = Transition::appeared) {
    auto record = record_of(1, 1);
    record["headline"] = headline;
    auto commit = article(number, record);
    const auto name = std::to_string(number);
    storage::NewEvent event{
        .id = "event of hit " + name, .type = EventType::watch_hit, .at = now, .data = "{}"};
    event.hit = storage::NewHit{"h" + name, "w", "default", transition};
    commit.events.push_back(event);
    ASSERT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
    const storage::Triage judged{.ids = {"h" + name}, .verdict = verdict, .at = now};
    ASSERT_TRUE(test::run(io, store.write(&storage::triage, judged)).empty());
  }
  static std::shared_ptr<const watch::Query> query(const std::string& text) {
    return std::make_shared<const watch::Query>(watch::Query::parse(text).value());
  }
  CaseCount tried(const std::string& text, std::size_t most = 50) {
    const auto set = watch::WatchSet::compile({{"w", query(text)}});
    return try_cases(storage::Reader(path), "w", *set, most);
  }
};

using Ids = std::vector<std::string>;

TEST_F(WatchCasesTest, AVerdictThatTheQueryDoesNotDoAsAskedIsNamed) {
  hit(0, "Tuần tra biên giới", Verdict::relevant);
  hit(1, "Bóng đá ở biên giới", Verdict::irrelevant);
  hit(2, "Chợ biên giới", Verdict::done);
  const auto as_it_was = tried("\"biên giới\"");
  EXPECT_EQ(as_it_was.tested, 2U) << "done asks for nothing";
  EXPECT_EQ(as_it_was.contradicted, Ids{"h1"});
  EXPECT_EQ(tried("\"biên giới\" NOT \"bóng đá\"").contradicted, Ids{});
  EXPECT_EQ(tried("\"bóng đá\"").contradicted, (Ids{"h0", "h1"}));
  EXPECT_EQ(tried("\"biên giới\"", 0).tested, 0U);
}

TEST_F(WatchCasesTest, WordsThatWentWithTheirArticleStandInItsLastRevision) {
  hit(0, "Bóng đá", Verdict::relevant);
  auto record = record_of(1, 1);
  record["headline"] = "Bóng đá";
  record["description"] = "Ở biên giới";
  auto commit = edited(0, record);
  std::get<storage::KnownArticle>(commit.article).event_sequence = 2;
  commit.events.front().id = "edit";
  storage::NewEvent event{.id = "gone", .type = EventType::watch_hit, .at = now, .data = "{}"};
  event.hit = storage::NewHit{"hgone", "w", "default", Transition::disappeared};
  commit.events.push_back(event);
  ASSERT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
  const storage::Triage judged{.ids = {"hgone"}, .verdict = Verdict::relevant, .at = now};
  ASSERT_TRUE(test::run(io, store.write(&storage::triage, judged)).empty());
  EXPECT_EQ(tried("\"bóng đá\"").contradicted, Ids{}) << "an edit that left it there";
  EXPECT_EQ(tried("\"tuần tra\"").contradicted, (Ids{"hgone", "h0"}));
}

TEST_F(WatchCasesTest, ADamagedRevisionIsCounted) {
  hit(0, "Tuần tra biên giới", Verdict::relevant);
  hit(1, "Tuần tra biên giới", Verdict::relevant);
  change("UPDATE revisions SET record = '{' WHERE row = 1");
  const auto cases = tried("bóng");
  EXPECT_EQ(cases.damaged, 1U);
  EXPECT_EQ(cases.contradicted, Ids{"h1"});
}

TEST_F(WatchCasesTest, TheApiGivesTheCasesAndWhatTheWatchMakesOfThem) {
  hit(0, "Tuần tra biên giới", Verdict::relevant);
  hit(1, "Bóng đá ở biên giới", Verdict::irrelevant);
  hit(2, "Bóng đá ở biên giới", Verdict::irrelevant);
  WatchList list;
  list.watches.push_back({.name = "w",
                          .title = "W",
                          .team = "default",
                          .definition = "{}",
                          .compiled = query("\"biên giới\"")});
  const auto watches = std::make_shared<const WatchList>(std::move(list));
  const storage::Reader reader(path);
  const auto body = [&](std::string_view target) {
    const auto reply =
        answer(reader, parse_target("GET", target), {.now = now, .watches = watches});
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body).as_object();
  };
  EXPECT_EQ(json::serialize(body("/api/v1/watches/w").at("cases")),
            R"({"tested":3,"contradicted":["h2","h1"]})");
  const auto page = body("/api/v1/watches/w/cases?verdict=irrelevant&limit=1");
  const auto& item = page.at("items").at(0).as_object();
  EXPECT_EQ(item.at("hit"), "h2");
  EXPECT_EQ(item.at("verdict"), "irrelevant");
  EXPECT_EQ(item.at("transition"), "appeared");
  EXPECT_EQ(std::string(item.at("id").as_string()), id_of(2));
  EXPECT_EQ(json::parse(item.at("record").as_string()).at("headline"), "Bóng đá ở biên giới");
  const auto rest = body("/api/v1/watches/w/cases?verdict=irrelevant&limit=1&after=" +
                         std::string(page.at("next").as_string()));
  EXPECT_EQ(rest.at("items").at(0).at("hit"), "h1");
  EXPECT_EQ(asked("/api/v1/watches/w/cases").status, 400) << "of one verdict";
  EXPECT_EQ(asked("/api/v1/watches/w/cases?verdict=done").status, 400);
  EXPECT_EQ(asked("/api/v1/watches/gone/cases?verdict=relevant").status, 200)
      << "hits outlive their watch, and need no daemon";
}

}  // namespace
}  // namespace tinwatch::api
