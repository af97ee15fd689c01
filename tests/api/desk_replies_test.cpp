#include "api/answer.hpp"
#include "api/watch_list.hpp"
#include "sqlite.hpp"
#include "storage/hits_fixture.hpp"
#include "storage/own_watches.hpp"

#include <boost/json.hpp>

namespace tinwatch::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using storage::now;

class DeskRepliesTest : public storage::HitsTest {
 protected:
  Reply ask(std::string_view target) {
    const storage::Reader reader(path);
    return answer(reader, parse_target("GET", target), {.now = now, .watches = watches});
  }
  json::object body(std::string_view target) {
    const auto reply = ask(target);
    EXPECT_EQ(reply.status, 200) << target << ": " << reply.body;
    return json::parse(reply.body).as_object();
  }
  std::string names(const json::object& list, const char* key) {
    std::string out;
    for (const auto& item : list.at("items").as_array())
      out += (out.empty() ? "" : " ") + std::string(item.at(key).as_string());
    return out;
  }
  static std::shared_ptr<const WatchList> three() {
    WatchList list;
    for (const auto* name : {"a", "b", "c"})
      list.watches.push_back({.name = name,
                              .title = std::string("T") + name,
                              .team = "default",
                              .definition = R"({"query":"x"})",
                              .query = "x"});
    list.watches[1].is_own = true;
    list.watches[1].snoozed_by_file = now + 1h;
    list.watches[1].snoozed_here = now + 2h;
    list.watches[2].is_own = true;
    list.watches[2].fault = "query: no";
    list.watches[2].snoozed_here = now;
    return std::make_shared<const WatchList>(std::move(list));
  }
  std::shared_ptr<const WatchList> watches = three();
};

TEST_F(DeskRepliesTest, WatchesAreListedByName) {
  hit("a");
  hit("a", now - 25h);
  const auto all = body("/api/v1/watches");
  EXPECT_EQ(names(all, "name"), "a b c");
  EXPECT_TRUE(all.at("next").is_null());
  const auto& items = all.at("items").as_array();
  EXPECT_EQ(items[0].at("origin").as_string(), "file");
  EXPECT_EQ(items[0].at("openHits").to_number<int>(), 2);
  EXPECT_EQ(json::serialize(items[0].at("hitsPerDay")), "[0,0,0,0,0,1,1]");
  EXPECT_EQ(json::serialize(items[0].at("definition")), R"({"query":"x"})");
  EXPECT_FALSE(items[0].as_object().contains("snoozedUntil"));
  EXPECT_EQ(items[1].at("origin").as_string(), "api");
  EXPECT_EQ(items[1].at("snoozedUntil").as_string(), "1970-02-11T18:00:00Z") << "the later one";
  EXPECT_FALSE(items[2].at("inForce").as_bool());
  EXPECT_EQ(items[2].at("fault").as_string(), "query: no");
  EXPECT_FALSE(items[2].as_object().contains("snoozedUntil")) << "it has ended";
}

TEST_F(DeskRepliesTest, TheListOfWatchesGoesOn) {
  const auto first = body("/api/v1/watches?limit=2");
  EXPECT_EQ(names(first, "name"), "a b");
  EXPECT_EQ(first.at("next").as_string(), "b");
  const auto rest = body("/api/v1/watches?limit=2&after=b");
  EXPECT_EQ(names(rest, "name"), "c");
  EXPECT_TRUE(rest.at("next").is_null());
}

TEST_F(DeskRepliesTest, OneWatchIsShown) {
  EXPECT_EQ(body("/api/v1/watches/b").at("title").as_string(), "Tb");
  EXPECT_EQ(ask("/api/v1/watches/d").status, 404);
  watches = nullptr;
  EXPECT_EQ(ask("/api/v1/watches/b").status, 503) << "without a daemon nobody knows";
  EXPECT_EQ(ask("/api/v1/watches").status, 503);
}

TEST_F(DeskRepliesTest, HitsAreListedByVerdictAndWatch) {
  for (const auto* watch : {"a", "b", "a"}) hit(watch);
  const storage::Triage what{.ids = {"hit1"},
                             .verdict = storage::Verdict::relevant,
                             .note = "n",
                             .assignee = "lan",
                             .who = "minh",
                             .at = now};
  EXPECT_TRUE(test::run(io, store.write(&storage::triage, what)).empty());
  EXPECT_EQ(names(body("/api/v1/hits"), "id"), "hit3 hit2 hit1");
  EXPECT_EQ(names(body("/api/v1/hits?verdict=new"), "id"), "hit3 hit2");
  EXPECT_EQ(names(body("/api/v1/hits?watch=a&verdict=new"), "id"), "hit3");
  const auto judged = body("/api/v1/hits?verdict=relevant").at("items").at(0).as_object();
  EXPECT_EQ(judged.at("headline").as_string(), "Tin 1");
  EXPECT_EQ(judged.at("sentence").as_string(), "Câu 1");
  EXPECT_EQ(judged.at("event").as_string(), "event1");
  EXPECT_EQ(judged.at("note").as_string(), "n");
  EXPECT_EQ(judged.at("assignee").as_string(), "lan");
  EXPECT_EQ(judged.at("judgedBy").as_string(), "minh");
  EXPECT_EQ(judged.at("judgedAt").as_string(), "1970-02-11T16:00:00Z");
  const auto page = body("/api/v1/hits?limit=2");
  EXPECT_EQ(names(page, "id"), "hit3 hit2");
  const std::string next(page.at("next").as_string());
  EXPECT_EQ(names(body("/api/v1/hits?limit=2&after=" + next), "id"), "hit1");
}

TEST_F(DeskRepliesTest, WhatIsAskedWronglyIsRefused) {
  EXPECT_EQ(ask("/api/v1/hits?verdict=fresh").status, 400);
  EXPECT_EQ(ask("/api/v1/hits?message=x&verdict=new").status, 400);
  EXPECT_EQ(ask("/api/v1/hits?message=x").status, 404);
  EXPECT_EQ(ask("/api/v1/watches?limt=1").status, 400);
}

TEST_F(DeskRepliesTest, ADamagedHitIsLeftOutAndNamed) {
  hit("a");
  hit("a");
  storage::sqlite::Connection(path).execute("UPDATE events SET data = '{' WHERE id = 'event1'");
  const auto reply = ask("/api/v1/hits");
  EXPECT_EQ(names(json::parse(reply.body).as_object(), "id"), "hit2");
  ASSERT_EQ(reply.damaged.size(), 1U);
  EXPECT_TRUE(reply.damaged[0].starts_with("hit hit1")) << reply.damaged[0];
}

TEST_F(DeskRepliesTest, WhatPeopleSnoozedIsListed) {
  const storage::Snooze what{"a", now + 1h, "lan"};
  test::run(io, store.write(&storage::snooze, what, now));
  const auto list = body("/api/v1/snoozes");
  EXPECT_EQ(names(list, "watch"), "a");
  EXPECT_EQ(names(list, "until"), "1970-02-11T17:00:00Z");
  EXPECT_EQ(names(list, "who"), "lan");
}

}  // namespace
}  // namespace tinwatch::api
