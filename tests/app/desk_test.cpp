#include "app/daemon.hpp"
#include "storage/audit.hpp"
#include "storage/hits_fixture.hpp"
#include "storage/own_watches.hpp"
#include "support/fake_clock.hpp"

#include <boost/json.hpp>

namespace tinwatch::app {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using storage::now;

/// What people change, asked of the daemon as its listener asks it.
class DeskTest : public storage::HitsTest {
 protected:
  api::Reply send(std::string_view method, std::string_view target, std::string body = {}) {
    auto request = api::parse_target(method, target);
    request.body = std::move(body);
    return test::run(io, daemon.handle(std::move(request)));
  }
  /// As a browser sends a form.
  api::Reply submit(std::string_view target, std::string form) {
    auto request = api::parse_target("POST", target);
    request.accept = "text/html";
    request.accept_language = "en";
    request.body = std::move(form);
    return test::run(io, daemon.handle(std::move(request)));
  }
  json::object body(const api::Reply& reply) {
    EXPECT_TRUE(reply.status == 200 || reply.status == 201) << reply.body;
    return json::parse(reply.body).as_object();
  }
  std::string why(const api::Reply& reply, int status) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.content_type, "application/problem+json");
    return std::string(json::parse(reply.body).at("detail").as_string());
  }
  std::string names() {
    std::string out;
    const auto list = body(send("GET", "/api/v1/watches"));
    for (const auto& item : list.at("items").as_array())
      out += (out.empty() ? "" : " ") + std::string(item.at("name").as_string());
    return out;
  }
  bool is_snoozed(const std::string& name) {
    return body(send("GET", "/api/v1/watches/" + name)).contains("snoozedUntil");
  }
  std::string audited() {
    std::string out;
    for (const auto& row : storage::audit(storage::Reader(path), 0, 100))
      out += row.entry.action + ' ' + row.entry.subject + '\n';
    return out;
  }

  config::Config config() const {
    config::Config out;
    out.storage.path = path;
    out.receivers = {{.name = "desk"}, {.name = "night"}};
    config::WatchSettings watch{.name = "border", .title = "Biên giới"};
    watch.written = "\"biên giới\"";
    watch.query = std::make_shared<const watch::Query>(watch::Query::parse(watch.written).value());
    out.watches = {watch};
    return out;
  }
  test::FakeClock clock{now};
  Daemon daemon{io, config(), clock};
};

constexpr auto rescue =
    R"({"name": "rescue", "title": "Cứu hộ", "query": "\"cứu hộ\"", "receivers": ["desk"]})";

TEST_F(DeskTest, AWatchIsMadeChangedAndDeleted) {
  const auto reply = send("POST", "/api/v1/watches", rescue);
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.location, "/api/v1/watches/rescue");
  const auto made = body(reply);
  EXPECT_EQ(made.at("origin").as_string(), "api");
  EXPECT_TRUE(made.at("inForce").as_bool());
  EXPECT_EQ(names(), "border rescue");
  const auto changed =
      body(send("PUT", "/api/v1/watches/rescue", R"({"query": "tàu", "mode": "fold"})"));
  EXPECT_EQ(json::serialize(changed.at("definition")),
            R"({"query":"tàu","mode":"fold","name":"rescue"})");
  EXPECT_EQ(changed.at("title").as_string(), "rescue") << "what is not said is as by default";
  EXPECT_EQ(body(send("DELETE", "/api/v1/watches/rescue")).at("deleted").as_string(), "rescue");
  EXPECT_EQ(names(), "border");
  EXPECT_EQ(send("GET", "/api/v1/watches/rescue").status, 404);
  EXPECT_EQ(audited(), "watch.deleted rescue\nwatch.changed rescue\nwatch.added rescue\n");
}

TEST_F(DeskTest, ItIsThereAfterARestart) {
  body(send("POST", "/api/v1/watches", rescue));
  const auto until = json::serialize(json::object{{"for", "4h"}});
  body(send("PUT", "/api/v1/snoozes/border", until));
  asio::io_context other_io;
  Daemon other{other_io, config(), clock};
  auto start = [](Daemon* starting) -> Task<> {
    co_await starting->start();
    co_await starting->stop();
  };
  test::run(other_io, start(&other));
  const auto list = test::run(other_io, other.handle(api::parse_target("GET", "/api/v1/watches")));
  const auto items = json::parse(list.body).at("items").as_array();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_TRUE(items[0].as_object().contains("snoozedUntil"));
  EXPECT_EQ(items[1].at("name").as_string(), "rescue");
}

TEST_F(DeskTest, WhatIsNoWatchIsRefusedWithThePlaceInItsQuery) {
  const auto reply = send("POST", "/api/v1/watches", R"({"name": "w", "query": "biên (giới"})");
  EXPECT_TRUE(why(reply, 400).starts_with("query: line 1, column "));
  const auto problem = json::parse(reply.body).as_object();
  EXPECT_EQ(problem.at("query").at("line").to_number<int>(), 1);
  EXPECT_GT(problem.at("query").at("column").to_number<int>(), 1);
  EXPECT_FALSE(problem.at("query").at("message").as_string().empty());
  EXPECT_EQ(why(send("POST", "/api/v1/watches", R"({"name": "w", "query": "x", "qery": 1})"), 400),
            "unknown key 'qery'");
  EXPECT_EQ(why(send("POST", "/api/v1/watches", "query=x"), 400).substr(0, 22),
            "the body must be JSON:");
  EXPECT_EQ(why(send("POST", "/api/v1/watches", "[1]"), 400), "the body must be a JSON object");
  EXPECT_EQ(why(send("POST", "/api/v1/watches", std::string(1000, '[')), 400).substr(0, 22),
            "the body must be JSON:");
  EXPECT_EQ(why(send("POST", "/api/v1/watches", ""), 400).substr(0, 22), "the body must be JSON:");
  EXPECT_EQ(names(), "border");
  EXPECT_EQ(audited(), "");
}

TEST_F(DeskTest, WhatTheConfigurationSaysIsNotEditedHere) {
  EXPECT_EQ(why(send("POST", "/api/v1/watches", R"({"name": "border", "query": "x"})"), 409),
            "the configuration has a watch 'border', which is edited there");
  EXPECT_EQ(why(send("PUT", "/api/v1/watches/border", R"({"query": "x"})"), 409),
            "the configuration has a watch 'border', which is edited there");
  EXPECT_EQ(why(send("DELETE", "/api/v1/watches/border"), 409),
            "the configuration has the watch 'border': delete it there");
  const auto shown = body(send("GET", "/api/v1/watches/border"));
  EXPECT_EQ(shown.at("origin").as_string(), "file");
  EXPECT_EQ(shown.at("definition").at("query").as_string(), "\"biên giới\"");
}

TEST_F(DeskTest, AWatchBehindTheConfigurationsGoesAlone) {
  const storage::WatchChange hidden{"border", R"({"name":"border","query":"x"})", "", now};
  test::run(io, store.write(&storage::add_watch, hidden));
  body(send("PUT", "/api/v1/snoozes/border", R"({"for": "1h"})"));
  const auto answer = body(send("DELETE", "/api/v1/watches/border"));
  EXPECT_EQ(answer.at("remains").as_string(), "the configuration's watch of this name");
  EXPECT_TRUE(is_snoozed("border"));
  EXPECT_EQ(send("DELETE", "/api/v1/watches/border").status, 409);
  test::run(io, store.write(&storage::add_watch, hidden));
  EXPECT_EQ(submit("/watches/border", "action=delete").location, "/watches/border");
}

TEST_F(DeskTest, OfManyChangesAtOnceEachIsInForceWhenItIsAnswered) {
  int answered = 0;
  for (int i = 0; i < 20; ++i) {
    const auto name = "w" + std::to_string(i);
    auto request = api::parse_target("POST", "/api/v1/watches");
    request.body = json::serialize(json::object{{"name", name}, {"query", "x"}});
    asio::co_spawn(io, daemon.handle(std::move(request)),
                   [&, name](const std::exception_ptr&, const api::Reply& reply) {
                     EXPECT_EQ(reply.status, 201) << reply.body;
                     const auto& watches = daemon.config().watches;
                     EXPECT_TRUE(std::any_of(watches.begin(), watches.end(), [&](const auto& one) {
                       return one.name == name;
                     })) << name;
                     ++answered;
                   });
  }
  io.restart();
  while (answered < 20 && io.run_one() > 0) {
  }
  EXPECT_EQ(answered, 20);
}

TEST_F(DeskTest, NamesAreThereOnceAndStay) {
  body(send("POST", "/api/v1/watches", rescue));
  EXPECT_EQ(why(send("POST", "/api/v1/watches", rescue), 409), "there is a watch 'rescue' already");
  EXPECT_EQ(why(send("PUT", "/api/v1/watches/other", R"({"query": "x"})"), 404),
            "no watch 'other' was made here");
  EXPECT_EQ(why(send("PUT", "/api/v1/watches/rescue", R"({"name": "x", "query": "x"})"), 400),
            "name: a watch keeps the name of its path; leave it out");
  EXPECT_EQ(why(send("DELETE", "/api/v1/watches/other"), 404), "no watch 'other'");
}

TEST_F(DeskTest, ASnoozeOfAnyWatchEndsByItself) {
  hit("border");
  body(send("PUT", "/api/v1/snoozes/border", R"({"for": "1h"})"));
  EXPECT_TRUE(is_snoozed("border"));
  EXPECT_EQ(std::string(label(storage::Reader(path).delivery("told1")->state)), "snoozed");
  clock.advance_to(now + 59min);
  EXPECT_TRUE(is_snoozed("border"));
  clock.advance_to(now + 1h);
  EXPECT_FALSE(is_snoozed("border"));
  EXPECT_EQ(why(send("DELETE", "/api/v1/snoozes/border"), 404),
            "the watch 'border' is not snoozed");
  body(send("PUT", "/api/v1/snoozes/border", R"({"until": "1970-03-01T00:00:00Z"})"));
  EXPECT_TRUE(is_snoozed("border"));
  body(send("DELETE", "/api/v1/snoozes/border"));
  EXPECT_FALSE(is_snoozed("border"));
}

TEST_F(DeskTest, ASnoozeHasAnEnd) {
  for (const auto* bad :
       {R"({"for": "0s"})", R"({"for": "367d"})", R"({"for": "soon"})",
        R"({"until": "1970-01-02T00:00:00Z"})", R"({"until": "9999-01-01T00:00:00Z"})", R"({})",
        R"({"until": 5})", R"({"for": "1h", "why": "x"})"})
    EXPECT_EQ(send("PUT", "/api/v1/snoozes/border", bad).status, 400) << bad;
  EXPECT_EQ(send("PUT", "/api/v1/snoozes/nobody", R"({"for": "1h"})").status, 404);
  EXPECT_FALSE(is_snoozed("border"));
}

TEST_F(DeskTest, APreviewChangesNothing) {
  hit("border");
  const auto found = body(send("POST", "/api/v1/watches:preview", R"({"query": "tin OR h"})"));
  EXPECT_EQ(found.at("revisions").to_number<int>(), 1);
  EXPECT_EQ(found.at("hits").to_number<int>(), 1);
  EXPECT_FALSE(found.contains("added"));
  const auto other =
      body(send("POST", "/api/v1/watches:preview", R"({"name": "border", "query": "h or tin"})"));
  EXPECT_EQ(other.at("added").to_number<int>(), 0);
  EXPECT_FALSE(other.at("warnings").as_array().empty()) << "'or' is a word here";
  EXPECT_EQ(send("POST", "/api/v1/watches:preview", R"({"query": "("})").status, 400);
  EXPECT_EQ(names(), "border");
  EXPECT_EQ(audited(), "");
}

TEST_F(DeskTest, ManyHitsAreJudgedAtOnce) {
  hit("border");
  hit("border");
  const auto done = body(send("POST", "/api/v1/hits:triage",
                              R"({"ids": ["hit1", "hit2"], "verdict": "done", "note": "n"})"));
  EXPECT_EQ(done.at("changed").to_number<int>(), 2);
  EXPECT_TRUE(body(send("GET", "/api/v1/hits?verdict=new")).at("items").as_array().empty());
  EXPECT_EQ(body(send("GET", "/api/v1/hits?verdict=done")).at("items").as_array().size(), 2U);
  EXPECT_EQ(why(send("POST", "/api/v1/hits:triage", R"({"ids": ["hit1", "x"], "note": "m"})"), 404),
            "no such hit: x");
  for (const auto* bad :
       {R"({"ids": [], "verdict": "done"})", R"({"ids": ["hit1"]})", R"({"verdict": "done"})",
        R"({"ids": ["hit1"], "verdict": "fresh"})", R"({"ids": [1], "verdict": "done"})",
        R"({"ids": ["hit1"], "verdict": "done", "x": "y"})",
        R"({"ids": "hit1", "verdict": "done"})"})
    EXPECT_EQ(send("POST", "/api/v1/hits:triage", bad).status, 400) << bad;
  json::array ids;
  for (int i = 0; i < 1001; ++i) ids.emplace_back("hit1");
  const auto many = json::serialize(json::object{{"ids", ids}, {"verdict", "done"}});
  EXPECT_EQ(why(send("POST", "/api/v1/hits:triage", many), 400), "at most 1000 hits at once");
}

TEST_F(DeskTest, AFormMakesAWatchAndLeadsToIt) {
  const auto reply = submit("/watches",
                            "name=rescue&title=C%E1%BB%A9u&query=%22c%E1%BB%A9u+h%E1%BB%99%22&mode="
                            "tone&receiver%3Adesk=1&action=save");
  EXPECT_EQ(reply.status, 303) << reply.body;
  EXPECT_EQ(reply.location, "/watches/rescue");
  const auto made = body(send("GET", "/api/v1/watches/rescue"));
  EXPECT_EQ(
      json::serialize(made.at("definition")),
      R"({"name":"rescue","title":"Cứu","query":"\"cứu hộ\"","mode":"tone","receivers":["desk"]})");
  EXPECT_EQ(submit("/watches/rescue", "action=snooze&for=4h").status, 303);
  EXPECT_TRUE(is_snoozed("rescue"));
  EXPECT_EQ(submit("/watches/rescue", "action=wake").status, 303);
  EXPECT_FALSE(is_snoozed("rescue"));
  EXPECT_EQ(submit("/watches/rescue", "action=save&query=t%C3%A0u&mode=fold").location,
            "/watches/rescue");
  const auto gone = submit("/watches/rescue", "action=delete");
  EXPECT_EQ(gone.location, "/watches");
  EXPECT_EQ(names(), "border");
}

TEST_F(DeskTest, AFormThatIsWrongComesBackAsItWasWritten) {
  const auto reply = submit("/watches", "name=w&query=bi%C3%AAn+%28%3Cb%3E&mode=tone&action=save");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.content_type, "text/html; charset=utf-8");
  EXPECT_NE(reply.body.find("biên (&lt;b&gt;</textarea>"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find("line 1, column"), std::string::npos);
  EXPECT_NE(reply.body.find("value=\"w\""), std::string::npos);
  EXPECT_EQ(names(), "border");
  EXPECT_EQ(submit("/watches/border", "action=jump").status, 400);
}

TEST_F(DeskTest, TheFormsButtonPreviews) {
  hit("border");
  const auto reply = submit("/watches", "query=h&mode=tone&action=preview");
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find("class=\"preview\""), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find("<strong>1 hits</strong>"), std::string::npos);
  EXPECT_EQ(names(), "border");
}

TEST_F(DeskTest, AFormJudgesTheChosenHits) {
  hit("border");
  hit("border");
  const auto reply =
      submit("/hits", "hit%3Ahit1=1&verdict=relevant&of_verdict=new&of_watch=border&note=");
  EXPECT_EQ(reply.status, 303) << reply.body;
  EXPECT_EQ(reply.location, "/hits?verdict=new&watch=border");
  EXPECT_EQ(body(send("GET", "/api/v1/hits?verdict=relevant")).at("items").as_array().size(), 1U);
  const auto none = submit("/hits", "verdict=done&of_verdict=new&of_watch=");
  EXPECT_EQ(none.status, 400);
  EXPECT_NE(none.body.find("choose a hit"), std::string::npos);
}

}  // namespace
}  // namespace tinwatch::app
