#include "answers.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {

namespace json = boost::json;

json::value body_of(const api::Reply& reply) {
  auto value = json::parse(reply.body);
  if (reply.status < 400) return value;
  complain(value.as_object().at("detail").as_string());
  if (reply.status >= 500) throw Refused{Exit::failed};
  throw Refused{reply.status == 404 ? Exit::no : Exit::usage};
}

std::string text_at(const json::object& in, const char* name) {
  const auto* value = in.if_contains(name);
  if (!value || value->is_null()) return {};
  return value->is_string() ? std::string(value->as_string()) : json::serialize(*value);
}

std::string left_alone(const json::object& host) {
  return "left alone until " + text_at(host, "blockedUntil") +
         ", failures in a row: " + text_at(host, "failures");
}

std::string padded(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : text + std::string(width - text.size(), ' ');
}

void put(api::Request& request, const char* name, const std::string& value) {
  if (!value.empty()) request.query[name] = value;
}

}  // namespace tinwatch::cli
