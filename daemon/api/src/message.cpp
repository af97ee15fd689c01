#include "api/message.hpp"

#include "core/text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::api {
namespace {

std::string decode_query(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

/// `name=value&name=value`, percent-decoded; of one that stands twice the first.
std::map<std::string, std::string> pairs_of(std::string_view text) {
  std::map<std::string, std::string> out;
  for (const auto pair : split(text, '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    out.emplace(decode_query(pair.substr(0, equals)), decode_query(value));
  }
  return out;
}

}  // namespace

std::string Request::parameter(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

std::string Request::header(std::string_view name) const {
  std::string out;
  for (const auto& [key, value] : headers)
    if (key == name) (out += out.empty() ? "" : ", ") += value;
  return out;
}

Request parse_target(std::string_view method, std::string_view target) {
  Request request;
  request.method = method;
  const auto mark = target.find('?');
  for (const auto segment : split(target.substr(0, mark), '/'))
    if (!segment.empty()) request.path.push_back(percent_decode(segment));
  if (mark == std::string_view::npos) return request;
  request.query = pairs_of(target.substr(mark + 1));
  return request;
}

std::string target_of(const Request& request) {
  std::string out;
  for (const auto& segment : request.path) out += '/' + percent_encode(segment);
  if (out.empty()) out = "/";
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    out += separator + percent_encode(name) + '=' + percent_encode(value);
    separator = '&';
  }
  return out;
}

std::map<std::string, std::string> parse_form(std::string_view body) {
  auto out = pairs_of(body);
  for (auto& [name, value] : out)
    if (!is_valid_utf8(value)) value = repair_utf8(value);
  return out;
}

Reply json_reply(const boost::json::value& value) {
  return {.body = repair_utf8(boost::json::serialize(value)) + '\n'};
}

Reply problem(int status, std::string_view title, std::string_view detail) {
  const boost::json::object body{
      {"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
  return {.status = status,
          .content_type = "application/problem+json",
          .body = boost::json::serialize(body)};
}

}  // namespace tinwatch::api
