#include "api/routes.hpp"

#include "api/parameters.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "route_rows.hpp"

#include <algorithm>

namespace tinwatch::api {
namespace {

/// A part of a row's path: a word, or `{name}` with what has to stand behind it.
struct Part {
  std::string_view name;  ///< empty: a word
  std::string_view word;

  explicit Part(std::string_view text) : word(text) {
    if (!text.starts_with('{')) return;
    const auto end = text.find('}');
    name = text.substr(1, end - 1);
    word = text.substr(end + 1);
  }
  [[nodiscard]] bool fits(std::string_view segment) const {
    return name.empty() ? segment == word : segment.size() > word.size() && segment.ends_with(word);
  }
};

std::vector<Part> parts_of(const Route& route) {
  std::vector<Part> out;
  for (const auto segment : split(route.path, '/'))
    if (!segment.empty()) out.emplace_back(segment);
  return out;
}

bool fits(const Route& route, const std::vector<std::string>& path) {
  const auto parts = parts_of(route);
  return std::equal(
      parts.begin(), parts.end(), path.begin(), path.end(),
      [](const Part& part, const std::string& segment) { return part.fits(segment); });
}

bool has_method(const Route& route, std::string_view method) {
  return method == route.method || (method == "HEAD" && route.method == "GET");
}

bool is_in_path(const Route& route, const Parameter& parameter) {
  const auto parts = parts_of(route);
  return std::any_of(parts.begin(), parts.end(),
                     [&](const Part& part) { return part.name == parameter.name; });
}

Reply wrong_method(std::string_view template_path) {
  std::string allow;
  for (const auto& route : routes()) {
    if (route.path != template_path) continue;
    if (!allow.empty()) allow += ", ";
    allow += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  auto reply = problem(405, "Method Not Allowed", "only " + allow + " is answered here");
  reply.allow = allow;
  return reply;
}

/// Throws BadParameter for a name that the row does not have.
void check_names(const Route& route, const Request& request) {
  for (const auto& [name, value] : request.query) {
    std::string known;
    bool is_known = false;
    for (const auto& one : route.parameters) {
      if (is_in_path(route, one)) continue;
      is_known = is_known || one.name == name;
      known += (known.empty() ? "" : ", ") + std::string(one.name);
    }
    if (!is_known)
      throw BadParameter{"there is no parameter '" + name + "' here" +
                         (known.empty() ? std::string() : ", but " + known)};
  }
}

/// Throws BadParameter for a value that the parameter cannot have.
void check_value(const Parameter& parameter, const std::string& value, const Context& context) {
  const std::string name(parameter.name);
  if (value.empty()) {
    if (parameter.is_required) throw BadParameter{name + " must be given"};
    return;
  }
  switch (parameter.kind) {
    case Parameter::Kind::text: return;
    case Parameter::Kind::number:
      static_cast<void>(number_of(name, value, parameter.least, parameter.most));
      return;
    case Parameter::Kind::time: static_cast<void>(time_of(name, value, context)); return;
    case Parameter::Kind::address:
      if (canonical_url(value)) return;
      throw BadParameter{name + " must be an http(s) address, not '" + value + "'"};
    case Parameter::Kind::word: {
      const auto& words = parameter.words;
      if (std::find(words.begin(), words.end(), value) != words.end()) return;
      std::string known;
      for (const auto word : words) known += (known.empty() ? "" : ", ") + std::string(word);
      throw BadParameter{name + " must be one of " + known + ", not '" + value + "'"};
    }
  }
}

}  // namespace

std::span<const Route> routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> out;
    for (const auto& part : {api_routes(), daemon_routes(), page_routes()})
      out.insert(out.end(), part.begin(), part.end());
    return out;
  }();
  return all;
}

Result<const Route*, Reply> find_route(std::string_view method,
                                       const std::vector<std::string>& path) {
  std::string_view found;
  for (const auto& route : routes()) {
    if (found.empty() ? !fits(route, path) : route.path != found) continue;
    if (has_method(route, method)) return &route;
    found = route.path;
  }
  if (found.empty()) return fail(problem(404, "Not Found", "no such resource"));
  return fail(wrong_method(found));
}

std::string Question::part(std::string_view name) const {
  return path_parameter(route, request, name);
}

std::string path_parameter(const Route& route, const Request& request, std::string_view name) {
  const auto parts = parts_of(route);
  for (std::size_t i = 0; i < parts.size() && i < request.path.size(); ++i) {
    const auto& segment = request.path[i];
    if (parts[i].name == name && !name.empty())
      return segment.substr(0, segment.size() - parts[i].word.size());
  }
  return {};
}

std::optional<Reply> bad_parameter(const Route& route, const Request& request,
                                   const Context& context) {
  if (route.is_page()) return std::nullopt;
  try {
    check_names(route, request);
    for (const auto& parameter : route.parameters)
      check_value(parameter,
                  is_in_path(route, parameter) ? path_parameter(route, request, parameter.name)
                                               : request.parameter(std::string(parameter.name)),
                  context);
  } catch (const BadParameter& bad) {
    auto reply = problem(400, "Bad Request", bad.detail);
    reply.handler = route.handler_label();
    return reply;
  }
  return std::nullopt;
}

}  // namespace tinwatch::api
