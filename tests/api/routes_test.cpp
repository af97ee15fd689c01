#include "api/routes.hpp"

#include "api/answer_fixture.hpp"
#include "core/event_type.hpp"
#include "core/text.hpp"
#include "route_parameters.hpp"
#include "route_rows.hpp"
#include "schema_files.hpp"
#include "search/search.hpp"

#include <set>

namespace tinwatch::api {
namespace {

using storage::now;

Result<const Route*, Reply> found(std::string_view method, std::string_view target) {
  return find_route(method, parse_target(method, target).path);
}
std::string path_of(std::string_view method, std::string_view target) {
  const auto route = found(method, target);
  return route ? std::string((*route)->path) : std::to_string(route.error().status);
}
int status_of(std::string_view method, std::string_view target) {
  const auto request = parse_target(method, target);
  const auto route = find_route(method, request.path);
  if (!route) return route.error().status;
  const Context context{.now = now};
  const auto refusal = bad_parameter(**route, request, context);
  return refusal ? refusal->status : 200;
}

TEST(Routes, APathLeadsToItsRow) {
  EXPECT_EQ(path_of("GET", "/"), "/");
  EXPECT_EQ(path_of("GET", "/api/v1/articles"), "/api/v1/articles");
  EXPECT_EQ(path_of("GET", "/api/v1/articles/"), "/api/v1/articles");
  EXPECT_EQ(path_of("HEAD", "/api/v1/articles/a"), "/api/v1/articles/{article}");
  EXPECT_EQ(path_of("GET", "/api/v1/articles/http%3A%2F%2Fa.test%2F1/diff"),
            "/api/v1/articles/{article}/diff");
  EXPECT_EQ(path_of("GET", "/api/v1/articles/a/revisions/2/raw"),
            "/api/v1/articles/{article}/revisions/{number}/raw");
  for (const auto* unknown :
       {"/api", "/api/v1", "/api/v2/articles", "/api/v1/articles/a/b",
        "/api/v1/articles/a/revisions/2/3", "/articles/a/diff/b", "/-/", "/x"})
    EXPECT_EQ(path_of("GET", unknown), "404") << unknown;
}

TEST(Routes, AnotherMethodIsToldWhichThereAre) {
  for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW", "get"}) {
    const auto route = found(method, "/api/v1/articles");
    ASSERT_FALSE(route) << method;
    EXPECT_EQ(route.error().status, 405) << method;
    EXPECT_EQ(route.error().allow, "GET, HEAD") << method;
  }
  EXPECT_EQ(found("GET", "/api/v1/recheck").error().allow, "POST");
  EXPECT_EQ(path_of("POST", "/nothing"), "404") << "no method would do";
}

TEST(Routes, AValueOfThePathIsTakenByItsName) {
  const auto request = parse_target("GET", "/api/v1/articles/ab%2Fc/revisions/2");
  const auto* const route = *find_route("GET", request.path);
  EXPECT_EQ(path_parameter(*route, request, "article"), "ab/c");
  EXPECT_EQ(path_parameter(*route, request, "number"), "2");
  EXPECT_EQ(path_parameter(*route, request, "limit"), "");
}

TEST(Routes, WhatIsAskedWronglyIsNamed) {
  const Context context{.now = now};
  const auto why = [&](std::string_view target) {
    const auto request = parse_target("GET", target);
    const auto refusal = bad_parameter(**find_route("GET", request.path), request, context);
    if (!refusal) return std::string();
    EXPECT_EQ(refusal->status, 400);
    EXPECT_EQ(refusal->content_type, "application/problem+json");
    return std::string(json::parse(refusal->body).at("detail").as_string());
  };
  EXPECT_EQ(why("/api/v1/articles?limt=1"),
            "there is no parameter 'limt' here, but source, since, until, by, after, limit");
  EXPECT_EQ(why("/api/v1/articles/a?limit=1"), "there is no parameter 'limit' here");
  EXPECT_EQ(why("/api/v1/articles/a/diff?article=b"),
            "there is no parameter 'article' here, but from, to")
      << "it stands in the path";
  EXPECT_EQ(why("/api/v1/articles?limit=0"),
            "limit must be a whole number from 1 to 1000, not '0'");
  EXPECT_EQ(why("/api/v1/events?after=x"), "after must be a whole number from 0, not 'x'");
  EXPECT_EQ(why("/api/v1/articles?by=SEEN"),
            "by must be one of seen, published, changed, not 'SEEN'");
  EXPECT_EQ(why("/api/v1/articles?since=never"),
            "since must be RFC 3339, a date, 'today' or an age such as 36h, not 'never'");
  EXPECT_EQ(why("/api/v1/articles/a/revisions/0"),
            "number must be a whole number from 1 to 2147483647, not '0'");
  EXPECT_EQ(why("/api/v1/explain"), "url must be given");
  EXPECT_EQ(why("/api/v1/explain?url=ftp://a/"), "url must be an http(s) address, not 'ftp://a/'");
  EXPECT_EQ(why("/api/v1/articles?since=&limit=&by="), "") << "what is empty is absent";
  EXPECT_EQ(why("/articles?utm_source=elsewhere"), "") << "links to pages are decorated by others";
}

TEST(Routes, ABodyIsOfTheTypesThatItsSchemaHas) {
  const auto why = [](std::string body) {
    auto request = parse_target("POST", "/api/v1/watches");
    request.body = std::move(body);
    const auto refusal = bad_body(**find_route("POST", request.path), request);
    return refusal ? std::string(json::parse(refusal->body).at("detail").as_string())
                   : std::string();
  };
  EXPECT_EQ(why(R"({"name":"x","query":"a","phrases":["a"],"metrics":true})"), "");
  EXPECT_EQ(why(R"({"name":"x","query":1})"), "query must be of the type string");
  EXPECT_EQ(why(R"({"metrics":"yes"})"), "metrics must be of the type boolean");
  EXPECT_EQ(why(R"({"phrases":["a",1]})"), "phrases has an item that is not of the type string");
  for (const auto* of_the_handler : {"", "{", "[]", R"({"nonsense":1})"})
    EXPECT_EQ(why(of_the_handler), "");
  auto unread = parse_target("GET", "/api/v1/articles");
  unread.body = R"({"name":1})";
  EXPECT_FALSE(bad_body(**find_route("GET", unread.path), unread)) << "nobody reads it";
}

TEST(Routes, EveryRowIsSound) {
  std::set<std::string> schemas;
  for (const auto& file : schema_files()) {
    const auto parsed = json::parse({file.text.data(), file.text.size()});
    for (const auto& [name, schema] : parsed.as_object())
      EXPECT_TRUE(schemas.insert(std::string(name)).second) << name;
  }
  std::set<std::string> seen;
  for (const auto& route : routes()) {
    const std::string path(route.path);
    EXPECT_TRUE(seen.insert(std::string(route.method) + path).second) << path;
    EXPECT_TRUE(route.method == "GET" || route.method == "POST" || route.method == "DELETE" ||
                route.method == "PUT" || route.method == "PATCH")
        << path;
    EXPECT_FALSE(route.summary.empty()) << path;
    EXPECT_TRUE(route.handler_label().starts_with('/')) << path;
    EXPECT_EQ(route.handler_label().find('{'), std::string_view::npos)
        << path << ": a label of the metric is a name, not a form";
    if (!route.schema.empty()) EXPECT_TRUE(schemas.contains(std::string(route.schema))) << path;
    EXPECT_EQ(path_of(route.method, path), path) << "no row before it hides it";
    if (!route.body.empty()) EXPECT_TRUE(schemas.contains(std::string(route.body))) << path;
    // Who may read may not write for that; who logs in has nothing to show yet.
    const bool is_of_the_door = path == "/login" || path == "/logout";
    if (route.method != "GET")
      EXPECT_TRUE(is_of_the_door || (route.scope && *route.scope != Scope::read)) << path;
    std::set<std::string> declared;
    for (const auto& parameter : route.parameters) {
      EXPECT_TRUE(declared.insert(std::string(parameter.name)).second) << path;
      EXPECT_FALSE(parameter.about.empty()) << path << ' ' << parameter.name;
      EXPECT_EQ(parameter.kind == Parameter::Kind::word, !parameter.words.empty()) << path;
    }
    if (route.is_page()) continue;
    for (const auto part : split(path, '/'))
      if (part.starts_with('{'))
        EXPECT_TRUE(declared.contains(std::string(part.substr(1, part.find('}') - 1)))) << path;
  }
}

TEST(Routes, EveryEventTypeHasItsSchema) {
  for (const auto type : all_event_types) {
    const auto target = "/schemas/" + std::string(label(type)) + "/1";
    EXPECT_EQ(path_of("GET", target), "/schemas/{event_type}/1") << target;
  }
}

TEST(Routes, TheWordsOfTheTableAreThoseThatAreRead) {
  for (const auto word : delivery_states) EXPECT_TRUE(storage::delivery_state_from(word)) << word;
  EXPECT_EQ(delivery_states.size(), static_cast<std::size_t>(storage::DeliveryState::dropped) + 1);
  for (const auto word : change_classes) EXPECT_TRUE(change_class_from(word)) << word;
  for (const auto type : all_event_types)
    EXPECT_NE(std::find(event_types.begin(), event_types.end(), label(type)), event_types.end())
        << label(type);
  EXPECT_EQ(event_types.size(), all_event_types.size());
  for (const auto word : modes) EXPECT_TRUE(watch::mode_from(word)) << word;
}

TEST(Routes, NumbersAndTimesHaveTheirEnds) {
  for (const auto* good :
       {"/api/v1/articles?limit=1", "/api/v1/articles?limit=1000", "/api/v1/articles?since=900y",
        "/api/v1/events?after=9223372036854775807", "/api/v1/events?last=1000"})
    EXPECT_EQ(status_of("GET", good), 200) << good;
  for (const auto* bad :
       {"/api/v1/articles?limit=1001", "/api/v1/articles?limit=1.0", "/api/v1/articles?limit=+1",
        "/api/v1/articles?since=900y900y", "/api/v1/events?after=9223372036854775808",
        "/api/v1/events?after=-1", "/api/v1/events?last=1001"})
    EXPECT_EQ(status_of("GET", bad), 400) << bad;
}

using OpenApiTest = AnswerTest;

TEST_F(OpenApiTest, TheDescriptionIsMadeOfTheTable) {
  const auto reply = asked("/api/v1/openapi.json");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.handler, "/api/v1/openapi.json");
  const auto out = json::parse(reply.body);
  EXPECT_EQ(out.at("openapi"), "3.1.0");
  const auto& paths = out.at("paths").as_object();
  std::size_t described = 0;
  for (const auto& route : page_routes()) EXPECT_FALSE(paths.contains(route.path)) << route.path;
  std::vector<Route> known(api_routes().begin(), api_routes().end());
  known.insert(known.end(), daemon_routes().begin(), daemon_routes().end());
  for (const auto& route : known) {
    ASSERT_TRUE(paths.contains(route.path)) << route.path;
    ++described;
    const auto& operation = paths.at(route.path).at(ascii_lower(route.method)).as_object();
    EXPECT_EQ(operation.at("parameters").as_array().size(),
              route.parameters.size() + (route.is_streamed ? 1 : 0))
        << route.path;
    EXPECT_EQ(operation.at("security").as_array().empty(), !route.scope) << route.path;
  }
  EXPECT_GT(described, 20U);
  const auto& limit = paths.at("/api/v1/articles").at("get").at("parameters").at(5);
  EXPECT_EQ(limit.at("name"), "limit");
  EXPECT_EQ(limit.at("schema"),
            (json::value{{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}}));
  // Every pointer has an end.
  const auto& schemas = out.at("components").at("schemas").as_object();
  const std::string mark = "\"#/components/schemas/";
  for (auto at = reply.body.find(mark); at != std::string::npos;
       at = reply.body.find(mark, at + 1)) {
    const auto begin = at + mark.size();
    const auto name = reply.body.substr(begin, reply.body.find('"', begin) - begin);
    EXPECT_TRUE(schemas.contains(name)) << name;
  }
}

}  // namespace
}  // namespace tinwatch::api
