#include "core/text.hpp"
#include "replies.hpp"
#include "route_rows.hpp"
#include "schema_files.hpp"

#include <boost/json.hpp>

/// `/api/v1/openapi.json`: the table of routes as OpenAPI 3.1, with the schemas of
/// daemon/api/schemas.
namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::string_view introduction =
    "What Tinwatch stores of articles, their revisions and what happened to them. Lists are "
    "`{items, next}`: the next page is asked with `after=` what `next` says. A parameter without "
    "a value counts as absent; one that is not listed is refused.";

json::object value_schema(const Parameter& parameter) {
  switch (parameter.kind) {
    case Parameter::Kind::text: return {{"type", "string"}};
    case Parameter::Kind::address: return {{"type", "string"}, {"format", "uri"}};
    case Parameter::Kind::number:
      return {{"type", "integer"}, {"minimum", parameter.least}, {"maximum", parameter.most}};
    case Parameter::Kind::time:
      return {{"type", "string"},
              {"format", "tinwatch-time"},
              {"examples", json::array{"2026-05-01T08:00:00+07:00", "2026-05-01", "today", "36h"}}};
    case Parameter::Kind::word: {
      json::object out{{"type", "string"}};
      auto& words = out["enum"].emplace_array();
      for (const auto word : parameter.words) words.push_back(json::string(word));
      return out;
    }
  }
  return {};
}

json::object parameter_json(const Route& route, const Parameter& parameter) {
  const bool in_path = route.path.find('{' + std::string(parameter.name) + '}') != route.path.npos;
  json::object out{{"name", parameter.name},
                   {"in", in_path ? "path" : "query"},
                   {"description", parameter.about},
                   {"schema", value_schema(parameter)}};
  if (parameter.is_required) out["required"] = true;
  return out;
}

json::array parameters_json(const Route& route) {
  json::array out;
  for (const auto& parameter : route.parameters) out.push_back(parameter_json(route, parameter));
  if (route.is_streamed)
    out.push_back(
        json::object{{"name", "Last-Event-ID"},
                     {"in", "header"},
                     {"description",
                      "Of a stream: it goes on behind the event with this `seq`, whatever "
                      "`after` says."},
                     {"schema", {{"type", "integer"}, {"minimum", 0}}}});
  return out;
}

json::object good_answer(const Route& route, std::string_view description) {
  json::object schema{{"type", "string"}};
  if (!route.schema.empty())
    schema = {{"$ref", "#/components/schemas/" + std::string(route.schema)}};
  json::object content{{route.media_type, {{"schema", std::move(schema)}}}};
  if (route.is_streamed) content["text/event-stream"] = {{"schema", {{"type", "string"}}}};
  return {{"description", description}, {"content", std::move(content)}};
}

json::object responses_json(const Route& route) {
  const json::value fault{{"$ref", "#/components/responses/Problem"}};
  const auto* const good = route.method == "GET" ? "200" : "2XX";
  json::object out{{good, good_answer(route, "The answer.")}, {"4XX", fault}, {"5XX", fault}};
  if (!route.fails_alike) return out;
  auto failed = good_answer(route, "It did not work.");
  failed["content"].as_object()["application/problem+json"] = {
      {"schema", {{"$ref", "#/components/schemas/Problem"}}}};
  out["5XX"] = std::move(failed);
  return out;
}

/// `get_articles_article_diff`: for programs that make functions of operations.
std::string operation_id(const Route& route) {
  auto path = route.path;
  if (path.starts_with("/api/v1")) path.remove_prefix(7);
  std::string out = ascii_lower(route.method);
  bool is_between = true;
  for (const char c : path) {
    const bool is_part = is_ascii_letter(c) || is_digit(c);
    if (is_part && is_between) out += '_';
    if (is_part) out += c;
    is_between = !is_part;
  }
  return out;
}

json::object operation_json(const Route& route) {
  json::object out{{"operationId", operation_id(route)},
                   {"summary", route.summary},
                   {"parameters", parameters_json(route)},
                   {"responses", responses_json(route)}};
  if (!route.body.empty())
    out["requestBody"] = {
        {"required", true},
        {"content",
         {{"application/json",
           {{"schema", {{"$ref", "#/components/schemas/" + std::string(route.body)}}}}}}}};
  json::array security;
  if (route.scope) {
    // Nothing is asked of whoever comes from this machine.
    security.push_back(json::object());
    security.push_back(json::object{{"token", json::array{json::string(label(*route.scope))}}});
  }
  out["security"] = std::move(security);
  if (route.socket_only) {
    out["description"] = "Over the local socket only.";
    out["x-socket-only"] = true;
  }
  return out;
}

json::object components() {
  const json::value problem{
      {"description", "Why there is no answer (RFC 9457)."},
      {"content",
       {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
  return {{"schemas", schemas_by_name()},
          {"responses", {{"Problem", problem}}},
          {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}}};
}

std::string document() {
  json::object paths;
  for (const auto& part : {api_routes(), daemon_routes()})
    for (const auto& route : part) {
      auto& path = paths[route.path];
      if (path.is_null()) path.emplace_object();
      path.as_object()[ascii_lower(route.method)] = operation_json(route);
    }
  const json::object out{
      {"openapi", "3.1.0"},
      {"info", {{"title", "Tinwatch"}, {"version", "1"}, {"description", introduction}}},
      {"servers", json::array{json::object{{"url", "/"}}}},
      {"paths", std::move(paths)},
      {"components", components()}};
  return json::serialize(out) + '\n';
}

}  // namespace

json::object schemas_by_name() {
  json::object out;
  for (const auto& file : schema_files()) {
    const auto parsed = json::parse({file.text.data(), file.text.size()});
    for (const auto& [name, schema] : parsed.as_object()) out[name] = schema;
  }
  return out;
}

Reply show_openapi(const Question&) {
  static const std::string text = document();
  return {.body = text};
}

}  // namespace tinwatch::api
