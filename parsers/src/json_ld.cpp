#include "json_ld.hpp"

#include "core/text.hpp"

#include <boost/json.hpp>

#include <deque>

namespace tinwatch::parsers {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value && value->is_string() ? squeeze(value->as_string()) : std::string();
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type == "LiveBlogPosting";
}

std::string type_of(const json::object& in) {
  const auto* type = in.if_contains("@type");
  if (!type) return {};
  if (type->is_string()) return std::string(type->as_string());
  if (type->is_array())
    for (const auto& item : type->as_array())
      if (item.is_string() && is_article_type(item.as_string()))
        return std::string(item.as_string());
  return {};
}

std::vector<std::string> names_of(const json::value* value) {
  std::vector<std::string> out;
  const auto add = [&](const json::value& item) {
    auto name = item.is_object()   ? text_at(item.as_object(), "name")
                : item.is_string() ? squeeze(item.as_string())
                                   : std::string();
    if (!name.empty() && name.size() < 120) out.push_back(std::move(name));
  };
  if (!value) return out;
  if (value->is_array())
    for (const auto& item : value->as_array()) add(item);
  else
    add(*value);
  return out;
}

}  // namespace

std::optional<JsonLdArticle> read_json_ld(const std::vector<std::string>& scripts) {
  for (const auto& script : scripts) {
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = 64;
    const auto value = json::parse(std::string(trim(script)), error, {}, options);
    if (error) continue;
    std::deque<const json::value*> waiting{&value};
    for (std::size_t seen = 0; !waiting.empty() && seen < 1000; ++seen) {
      const auto* item = waiting.front();
      waiting.pop_front();
      if (item->is_array()) {
        for (const auto& inner : item->as_array()) waiting.push_back(&inner);
        continue;
      }
      if (!item->is_object()) continue;
      const auto& object = item->as_object();
      if (const auto* graph = object.if_contains("@graph")) waiting.push_back(graph);
      const auto type = type_of(object);
      if (!is_article_type(type)) continue;
      return JsonLdArticle{.type = type,
                           .headline = text_at(object, "headline"),
                           .description = text_at(object, "description"),
                           .date_published = text_at(object, "datePublished"),
                           .date_modified = text_at(object, "dateModified"),
                           .author = names_of(object.if_contains("author"))};
    }
  }
  return std::nullopt;
}

}  // namespace tinwatch::parsers
