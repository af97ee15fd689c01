#include "lists/xml_tags.hpp"

#include "core/text.hpp"
#include "lists/xml_text.hpp"

#include <algorithm>

namespace tinwatch::parsers {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t most_attributes = 400;  // a tag, as in HTML
constexpr std::string_view blanks = " \t\r\n";

/// Goes through the start tags outside of comments and CDATA; false: enough was seen.
template <class See>
void each_start_tag(std::string_view text, See see) {
  XmlMarkup markup;
  for (auto at = text.find('<'); at < text.size(); at = text.find('<', at)) {
    const auto rest = text.substr(at);
    if (XmlMarkup::is_any(rest)) {
      at += markup.size(rest);
      continue;
    }
    ++at;
    if (rest.size() < 2 || !may_start_xml_name(rest[1])) continue;
    constexpr std::size_t longest_name = 64;
    const auto name = rest.substr(1, longest_name);
    if (!see(split_xml_name(name.substr(0, name.find_first_of(" \t\r\n/><"))).local)) return;
  }
}

}  // namespace

// Letters beyond ASCII are taken as they come.
bool may_start_xml_name(char c) {
  return is_ascii_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

XmlName split_xml_name(std::string_view written) {
  const auto colon = written.find(':');
  if (colon == npos || colon == 0)
    return {.prefix = {}, .local = written.substr(colon == 0 ? 1 : 0)};
  return {.prefix = written.substr(0, colon), .local = written.substr(colon + 1)};
}

XmlTag read_xml_tag(std::string_view text, std::size_t name_at) {
  XmlTag out;
  auto at = std::min(text.find_first_of(" \t\r\n/><", name_at), text.size());
  out.name = text.substr(name_at, at - name_at);
  const auto start = at;
  char before = '\0';  // the last character that is no blank
  while (at < text.size() && text[at] != '>' && text[at] != '<') {
    const char c = text[at++];
    if ((c == '"' || c == '\'') && before == '=') {
      const char ends[] = {c, '<', '\0'};
      const auto end = text.find_first_of(ends, at);
      if (end != npos && text[end] == c) at = end + 1;
    }
    if (blanks.find(c) == npos) before = c;
  }
  const bool closed = at < text.size() && text[at] == '>';
  out.inside = text.substr(start, at - start);
  out.empty = closed && out.inside.ends_with('/');
  if (out.empty) out.inside.remove_suffix(1);
  out.size = closed ? at + 1 : at;
  return out;
}

void each_xml_attribute(std::string_view text,
                        const std::function<void(std::string_view, std::string_view)>& take) {
  for (std::size_t n = 0; n < most_attributes; ++n) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n/\"'="), text.size()));
    if (text.empty()) return;
    const auto name = text.substr(0, text.find_first_of(" \t\r\n=/\"'"));
    text.remove_prefix(name.size());
    const auto next = std::min(text.find_first_not_of(blanks), text.size());
    std::string_view value;
    if (next < text.size() && text[next] == '=') {
      text.remove_prefix(next + 1);
      text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
      const bool quoted = text.starts_with('"') || text.starts_with('\'');
      const auto end = quoted ? text.find(text.front(), 1) : text.find_first_of(blanks);
      value = quoted ? text.substr(1, end == npos ? end : end - 1) : text.substr(0, end);
      text.remove_prefix(std::min(end == npos ? npos : end + (quoted ? 1 : 0), text.size()));
    }
    take(name, value);
  }
}

std::size_t count_start_tags(std::string_view text, std::span<const std::string_view> names) {
  std::size_t count = 0;
  each_start_tag(text, [&](std::string_view name) {
    count += std::find(names.begin(), names.end(), name) == names.end() ? 0 : 1;
    return true;
  });
  return count;
}

std::string first_element(std::string_view text,
                          const std::function<bool(std::string_view)>& wanted) {
  std::string out;
  each_start_tag(text, [&](std::string_view name) {
    auto lower = ascii_lower(name);
    if (!wanted(lower)) return true;
    out = std::move(lower);
    return false;
  });
  return out;
}

}  // namespace tinwatch::parsers
