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

}  // namespace

std::string Request::parameter(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

Request parse_target(std::string_view method, std::string_view target) {
  Request request;
  request.method = method;
  const auto mark = target.find('?');
  for (const auto segment : split(target.substr(0, mark), '/'))
    if (!segment.empty()) request.path.push_back(percent_decode(segment));
  if (mark == std::string_view::npos) return request;
  for (const auto pair : split(target.substr(mark + 1), '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    request.query.emplace(decode_query(pair.substr(0, equals)), decode_query(value));
  }
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

Reply problem(int status, std::string_view title, std::string_view detail) {
  const boost::json::object body{
      {"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
  return {.status = status,
          .content_type = "application/problem+json",
          .body = boost::json::serialize(body)};
}

}  // namespace tinwatch::api
