#include "monitor/page_template.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <unordered_set>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t most_kinds = 4096;     // of a page
constexpr std::size_t most_bytes = 2 << 20;  // of a page that are looked at
constexpr std::size_t fewest_kinds = 8;      // a page of fewer says nothing

using Kinds = std::unordered_set<std::size_t>;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_name(char c) { return is_ascii_letter(c) || is_digit(c) || c == '-'; }

/// `tag` is in lower case. A number in a class or an id is a place in a list, or the number of the
/// article.
void add(Kinds& kinds, std::string_view tag, char mark, std::string_view name) {
  if (name.empty() || kinds.size() >= most_kinds) return;
  std::string kind = std::string(tag) + mark;
  for (const char c : name)
    if (!is_digit(c)) kind += c;
  kinds.insert(std::hash<std::string>{}(kind));
}

void add_words(Kinds& kinds, std::string_view tag, char mark, std::string_view names) {
  std::size_t at = 0;
  while (at < names.size()) {
    while (at < names.size() && is_blank(names[at])) ++at;
    const auto from = at;
    while (at < names.size() && !is_blank(names[at])) ++at;
    add(kinds, tag, mark, names.substr(from, at - from));
  }
}

/// The attributes of one tag, from behind its name to its end, which is returned.
std::size_t read_tag(std::string_view html, std::size_t at, std::string_view tag, Kinds& kinds) {
  while (at < html.size() && html[at] != '>') {
    while (at < html.size() && (is_blank(html[at]) || html[at] == '/')) ++at;
    const auto from = at;
    while (at < html.size() && html[at] != '=' && html[at] != '>' && !is_blank(html[at])) ++at;
    const auto name = html.substr(from, at - from);
    if (at >= html.size() || html[at] != '=') {
      if (at == from && at < html.size() && html[at] != '>') ++at;
      continue;
    }
    ++at;
    std::string_view value;
    if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
      const char quote = html[at++];
      const auto end = std::min(html.find(quote, at), html.size());
      value = html.substr(at, end - at);
      at = std::min(end + 1, html.size());
    } else {
      const auto begin = at;
      while (at < html.size() && html[at] != '>' && !is_blank(html[at])) ++at;
      value = html.substr(begin, at - begin);
    }
    if (iequals(name, "class")) add_words(kinds, tag, '.', value);
    if (iequals(name, "id")) add_words(kinds, tag, '#', value);
  }
  return at;
}

Kinds kinds_of(std::string_view html) {
  html = html.substr(0, most_bytes);
  Kinds out;
  std::size_t at = 0;
  while ((at = html.find('<', at)) != std::string_view::npos) {
    ++at;
    if (at >= html.size() || !is_ascii_letter(html[at])) continue;
    const auto from = at;
    while (at < html.size() && is_name(html[at])) ++at;
    const auto tag = ascii_lower(html.substr(from, at - from));
    add(out, tag, ' ', "-");
    at = read_tag(html, at, tag, out);
  }
  return out;
}

}  // namespace

bool have_same_template(std::string_view one, std::string_view other) {
  const auto a = kinds_of(one);
  const auto b = kinds_of(other);
  if (a.size() < fewest_kinds || b.size() < fewest_kinds) return true;
  const auto common = static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](auto kind) { return b.contains(kind); }));
  const auto all = a.size() + b.size() - common;
  return common * 2 >= all;
}

}  // namespace tinwatch::monitor
