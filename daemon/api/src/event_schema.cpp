#include "core/event_type.hpp"
#include "core/text.hpp"
#include "replies.hpp"
#include "schema_files.hpp"

#include <boost/json.hpp>

#include <set>
#include <vector>

/// `/schemas/TYPE/1`: what the `data` of an event of that type is, as its `dataschema` says
/// (CloudEvents 1.0).
namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::string_view pointer_mark = "\"#/components/schemas/";
constexpr std::string_view own_mark = "\"#/$defs/";

/// Names that a schema points to.
std::vector<std::string> pointed_to(const json::value& schema) {
  const auto text = json::serialize(schema);
  std::vector<std::string> out;
  for (auto at = text.find(pointer_mark); at != std::string::npos;
       at = text.find(pointer_mark, at + 1)) {
    const auto begin = at + pointer_mark.size();
    out.push_back(text.substr(begin, text.find('"', begin) - begin));
  }
  return out;
}

/// What stands in every event of the type; more may.
json::array required_of(EventType type) {
  switch (type) {
    case EventType::article_published:
    case EventType::article_missing:
    case EventType::article_removed:
    case EventType::article_returned: return {"article"};
    case EventType::article_revised: return {"article", "revision", "change"};
    case EventType::article_moved: return {"article", "from", "to"};
    case EventType::story_edited: return {"article", "change"};
    case EventType::watch_hit: return {"article", "watch", "transition", "hits"};
    case EventType::source_silent:
    case EventType::source_unreachable:
    case EventType::source_drifted:
    case EventType::source_recovered:
    case EventType::receiver_failing:
    case EventType::receiver_disabled:
    case EventType::receiver_recovered:
    case EventType::store_full: return {};
  }
  return {};
}

}  // namespace

Reply show_event_schema(const Question& question) {
  const auto name = question.part("event_type");
  const auto type = event_type_from(name);
  if (!type) return not_found("no event type '" + name + "'");
  const auto all = schemas_by_name();
  json::object defs;
  std::vector<std::string> open{"EventData"};
  while (!open.empty()) {
    const auto next = std::move(open.back());
    open.pop_back();
    if (defs.contains(next)) continue;
    defs[next] = all.at(next);
    for (auto& further : pointed_to(all.at(next))) open.push_back(std::move(further));
  }
  json::object out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"$id", question.context.external_url + "schemas/" + name + "/1"},
                   {"title", "The data of " + name},
                   {"type", "object"},
                   {"$ref", "#/components/schemas/EventData"},
                   {"required", required_of(*type)},
                   {"$defs", std::move(defs)}};
  auto text = json::serialize(out);
  for (auto at = text.find(pointer_mark); at != std::string::npos; at = text.find(pointer_mark, at))
    text.replace(at, pointer_mark.size(), own_mark);
  return {.content_type = "application/schema+json", .body = std::move(text) + '\n'};
}

}  // namespace tinwatch::api
