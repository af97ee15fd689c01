#include "api/routes.hpp"
#include "schema_files.hpp"

#include <boost/json.hpp>

#include <algorithm>

/// What is sent as JSON, against the schema that the table has for it.
namespace tinwatch::api {
namespace {

namespace json = boost::json;

bool has_type(const json::value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  return true;
}

/// The name of the type that a schema asks for; empty: any.
std::string type_of(const json::object& schema) {
  const auto* const type = schema.if_contains("type");
  return type && type->is_string() ? std::string(type->get_string()) : std::string();
}

/// What the value has to be, for people; empty: it is that.
std::string misfit(const json::value& value, const json::object& schema) {
  const auto type = type_of(schema);
  if (!has_type(value, type)) return "must be of the type " + type;
  const auto* const items = schema.if_contains("items");
  if (!items || !value.is_array()) return {};
  const auto item_type = type_of(items->as_object());
  const auto& all = value.get_array();
  const bool fits = std::all_of(all.begin(), all.end(),
                                [&](const json::value& one) { return has_type(one, item_type); });
  return fits ? std::string() : "has an item that is not of the type " + item_type;
}

}  // namespace

std::optional<Reply> bad_body(const Route& route, const Request& request) {
  if (route.body.empty()) return std::nullopt;
  static const json::object schemas = schemas_by_name();
  json::error_code error;
  const auto body = json::parse(request.body, error);
  if (error || !body.is_object()) return std::nullopt;  // its handler says what it has to be
  const auto& schema = schemas.at(route.body).as_object();
  for (const auto& [name, described] : schema.at("properties").as_object()) {
    const auto* const value = body.get_object().if_contains(name);
    const auto why = value ? misfit(*value, described.as_object()) : std::string();
    if (why.empty()) continue;
    auto reply = problem(400, "Bad Request", std::string(name) + ' ' + why);
    reply.handler = route.handler_label();
    return reply;
  }
  return std::nullopt;
}

}  // namespace tinwatch::api
