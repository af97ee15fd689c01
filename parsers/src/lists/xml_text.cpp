#include "lists/xml_text.hpp"

#include "core/text.hpp"
#include "parsers/document.hpp"

#include <algorithm>
#include <charconv>
#include <libxml/HTMLparser.h>

namespace tinwatch::parsers {

namespace {

constexpr auto none = std::string_view::npos;
constexpr std::size_t longest_entity = 10;       // with its &: "thetasym" is the longest of HTML 4
constexpr std::size_t most_entity_names = 4096;  // HTML 4 has 252; libxml2 looks through a list

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// Of XML 1.0's production 2.
bool is_xml_character(unsigned c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/// The entities that XML itself has; 0 for any other name.
unsigned predefined_value(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  return name == "apos" ? '\'' : 0;
}

/// The charset that an XML declaration names; empty where there is none.
std::string_view declared_encoding(std::string_view xml) {
  constexpr std::string_view label = "encoding";
  if (!xml.starts_with("<?xml")) return {};
  auto rest = xml.substr(0, std::min(xml.find('>'), std::size_t{256}));
  const auto at = rest.find(label);
  if (at == none) return {};
  rest = trim(rest.substr(at + label.size()));
  if (!rest.starts_with('=')) return {};
  rest = trim(rest.substr(1));
  if (!rest.starts_with('"') && !rest.starts_with('\'')) return {};
  const auto end = rest.find(rest.front(), 1);
  return end == none ? std::string_view() : rest.substr(1, end - 1);
}

/// UTF-16 and UTF-32 by the first `<` or `{`, where no byte order mark tells (XML 1.0, appendix F).
std::string_view wide_encoding(std::string_view body) {
  using namespace std::string_view_literals;
  const auto has = [&](std::string_view bytes) { return body.starts_with(bytes); };
  if (has("\0\0\0<"sv) || has("\0\0\xFE\xFF"sv)) return "utf-32be";
  if (has("<\0\0\0"sv) || has("\xFF\xFE\0\0"sv)) return "utf-32le";
  if (has("\0<"sv) || has("\0{"sv)) return "\xFE\xFF";
  if (has("<\0"sv) || has("{\0"sv)) return "\xFF\xFE";
  return {};
}

}  // namespace

std::string decode_xml(std::string_view body, std::string_view content_type) {
  if (const auto wide = wide_encoding(body); !wide.empty()) {
    constexpr std::size_t mark = 4;
    if (wide.starts_with("utf"))
      return decode({}, "charset=" + std::string(wide),
                    body.substr(body.find('<') < mark ? 0 : mark))
          .html;
    return decode({}, {}, std::string(wide) + std::string(body)).html;
  }
  body = trim(body);
  const auto declared = declared_encoding(body.starts_with("\xEF\xBB\xBF") ? body.substr(3) : body);
  const auto label =
      declared.empty() ? std::string(content_type) : "charset=" + std::string(declared);
  return decode({}, label, body).html;
}

void XmlText::append_plain(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto odd =
        std::find_if(text.begin(), text.end(), [](char c) { return is_control(c) || c == '\xEF'; });
    const auto good = static_cast<std::size_t>(odd - text.begin());
    out += text.substr(0, good);
    text.remove_prefix(good);
    if (text.empty()) return;
    const bool noncharacter = text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
    out += noncharacter || is_control(text.front()) ? ' ' : text.front();
    text.remove_prefix(noncharacter ? 3 : 1);
  }
}

void XmlText::append(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto reference = std::min(text.find('&', at), text.size());
    append_plain(out, text.substr(at, reference - at));
    at = reference;
    if (at < text.size()) append_reference(out, text, at);
  }
}

void XmlText::append_reference(std::string& out, std::string_view text, std::size_t& at) {
  const auto near = text.substr(at, longest_entity + 1).find(';');
  const auto name = near == none ? std::string_view() : text.substr(at + 1, near - 1);
  unsigned value = 0;
  if (name.starts_with('#')) {
    auto digits = name.substr(1);
    const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
    if (hexadecimal) digits.remove_prefix(1);
    const auto* const end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value, hexadecimal ? 16 : 10);
    if (!digits.empty() && read.ptr == end) {
      at += near + 1;
      if (read.ec == std::errc() && is_xml_character(value)) append_utf8(out, value);
      return;
    }
    value = 0;
  } else if (!name.empty()) {
    value = entity_value(name);
  }
  if (value == 0) {
    out += text[at++];
    return;
  }
  append_utf8(out, value);
  at += near + 1;
}

unsigned XmlText::entity_value(std::string_view name) {
  if (const auto value = predefined_value(name); value != 0) return value;
  if (const auto known = values_.find(name); known != values_.end()) return known->second;
  if (values_.size() == most_entity_names) return 0;
  const std::string terminated(name);
  const auto* html = htmlEntityLookup(reinterpret_cast<const unsigned char*>(terminated.c_str()));
  return values_.emplace(name, html ? html->value : 0).first->second;
}

bool XmlMarkup::is_any(std::string_view text) {
  return text.size() > 1 && (text[1] == '!' || text[1] == '?');
}

std::size_t XmlMarkup::behind(std::string_view end, std::string_view text, std::size_t from,
                              bool& missing) {
  const auto found = missing ? none : text.find(end, from);
  if (found != none) return found + end.size();
  missing = true;
  open_ = true;
  // Rather what stands behind its first `>` than nothing of what follows.
  const auto close = text.substr(0, 256).find('>', from);
  return close == none ? std::min(from, text.size()) : close + 1;
}

std::size_t XmlMarkup::size(std::string_view text) {
  if (text.starts_with("<!--")) return behind("-->", text, 4, no_comment_end_);
  if (is_cdata(text)) return behind("]]>", text, 9, no_cdata_end_);
  if (text[1] == '?') {
    // A declaration without its second question mark.
    if (const auto end = text.substr(0, 256).find('>'); text.starts_with("<?xml ") && end != none)
      return end + 1;
    return behind("?>", text, 2, no_instruction_end_);
  }
  // To the `>` behind the internal subset, where quotes and comments may hold others.
  bool inside = false;
  for (std::size_t at = 2; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '>' && !inside) return at + 1;
    if (c == '[' || c == ']') inside = c == '[';
    if (inside && (c == '"' || c == '\'')) {
      const auto close = text.find(c, at + 1);
      if (close != none) at = close;
    } else if (inside && text.substr(at, 4) == "<!--") {
      const auto close = text.find("-->", at + 4);
      at = close == none ? text.size() : close + 2;
    }
  }
  return text.size();
}

std::string_view XmlMarkup::cdata(std::string_view text, std::size_t size) {
  constexpr std::size_t start = 9;
  auto out = text.substr(std::min(start, size), size - std::min(start, size));
  if (out.ends_with("]]>")) out.remove_suffix(3);
  return out;
}

}  // namespace tinwatch::parsers
