#include "answers.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::cli {

namespace json = boost::json;

std::string detail_of(const api::Reply& reply) {
  boost::system::error_code error;
  const auto value = json::parse(reply.body, error);
  const auto* problem = error ? nullptr : value.if_object();
  auto detail = problem ? text_at(*problem, "detail") : std::string();
  if (detail.empty()) detail = "the daemon answers with status " + std::to_string(reply.status);
  return detail;
}

json::value body_of(const api::Reply& reply) {
  if (reply.status < 400) return json::parse(reply.body);
  const auto refusal = reply.status == 404 ? Exit::no : Exit::usage;
  throw Refused{reply.status >= 500 ? Exit::failed : refusal, detail_of(reply)};
}

json::array items_of(const StoreAccess& store, api::Request request, std::size_t most) {
  constexpr std::size_t largest_page = 1000;
  json::array out;
  do {  // a page may end early: it is limited in bytes too
    request.query["limit"] = std::to_string(std::min(most - out.size(), largest_page));
    const auto body = body_of(store.get(request));
    for (const auto& item : body.at("items").as_array()) out.push_back(item);
    if (body.at("next").is_null()) break;
    request.query["after"] = std::string(body.at("next").as_string());
  } while (out.size() < most);
  return out;
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
