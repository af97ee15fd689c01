#include "html/attributes.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

std::string_view attribute_value(std::string_view html, std::size_t& at) {
  auto look = at;
  while (look < html.size() && is_html_blank(html[look])) ++look;
  if (look >= html.size() || html[look] != '=') return {};
  at = look + 1;
  while (at < html.size() && is_html_blank(html[at])) ++at;
  if (at >= html.size()) return {};
  const char quote = html[at];
  if (quote == '"' || quote == '\'') {
    const auto end = std::min(html.find(quote, at + 1), html.size());
    const auto value = html.substr(at + 1, end - at - 1);
    at = std::min(end + 1, html.size());
    return value;
  }
  const auto end = std::min(html.find_first_of(" \t\r\n\f>", at), html.size());
  const auto value = html.substr(at, end - at);
  at = end;
  // An unquoted value may hold either quote; one that holds both cannot be written again.
  return value.find('"') != std::string_view::npos && value.find('\'') != std::string_view::npos
             ? std::string_view{}
             : value;
}

}  // namespace

std::optional<HtmlAttribute> next_attribute(std::string_view html, std::size_t& at) {
  while (at < html.size() && is_html_blank(html[at])) ++at;
  if (at >= html.size() || html[at] == '>') return std::nullopt;
  if (html[at] == '/') {
    ++at;
    return HtmlAttribute{};
  }
  const auto start = at;
  while (at < html.size() && !ends_name(html[at]) && html[at] != '=') ++at;
  if (at == start) ++at;  // a stray '=' starts a name
  const auto name = html.substr(start, at - start);
  return HtmlAttribute{name, attribute_value(html, at)};
}

bool is_plain_name(std::string_view name) {
  // '=' is one by mistake.
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return c > ' ' && c < 0x7F && c != '='; });
}

bool is_telling(std::string_view name) {
  for (const auto* telling : {"class", "id", "itemprop", "rel", "hidden", "style"})
    if (iequals(name, telling)) return true;
  return false;
}

}  // namespace tinwatch::parsers
