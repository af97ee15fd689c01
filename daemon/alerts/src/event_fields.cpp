#include "event_fields.hpp"

#include <boost/json.hpp>

namespace tinwatch::alerts {

namespace json = boost::json;

std::string text_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::object* object_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value ? value->if_object() : nullptr;
}

bool flag_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

std::int64_t number_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

std::optional<Transition> transition_of(const json::object& data) {
  const auto word = text_at(data, "transition");
  for (const auto transition : {Transition::appeared, Transition::disappeared, Transition::changed})
    if (label(transition) == word) return transition;
  return std::nullopt;
}

std::optional<ChangeClass> change_of(const json::object& data) {
  const auto* change = object_at(data, "change");
  return change ? change_class_from(text_at(*change, "class")) : std::nullopt;
}

Severity severity_of(EventType type, const json::object& data) {
  if (const auto transition = transition_of(data)) return tinwatch::severity_of(*transition);
  return tinwatch::severity_of(type, change_of(data));
}

}  // namespace tinwatch::alerts
