#include "escape.hpp"

#include "core/screen_text.hpp"
#include "core/text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace tinwatch::alerts {
namespace {

/// Between a sign and what it would mark: seen by nobody, and no part of any markup.
constexpr std::string_view word_joiner = "\xE2\x81\xA0";

/// Slack's signs of markup have no escape, and mean nothing where an invisible character keeps them
/// from their word.
std::string escape_mrkdwn(std::string_view text) {
  constexpr std::string_view signs = "*_~`@#:";
  std::string out;
  for (const char c : escape_entities(text)) {
    out += c;
    if (signs.find(c) != std::string_view::npos) out += word_joiner;
  }
  return out;
}

/// A backslash before each sign of CommonMark; nobody is called by `@`.
std::string escape_markdown(std::string_view text) {
  constexpr std::string_view signs = "\\`*_{}[]()<>#+-.!|~>=:";
  std::string out;
  for (const char c : text) {
    if (signs.find(c) != std::string_view::npos) out += '\\';
    out += c;
    if (c == '@') out += word_joiner;
  }
  return out;
}

/// An address keeps its characters, or nobody could follow it; those that would end it are
/// percent-encoded, and so is what would be markup where it is shown.
std::string escape_url(std::string_view url, std::string_view signs, std::string_view ampersand) {
  constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') {
      out += ampersand;
    } else if (byte > 0x20 && byte < 0x7f && signs.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += hexadecimal[byte >> 4U];
      out += hexadecimal[byte & 0xfU];
    }
  }
  return out;
}

bool is_url(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

std::string escape_json(std::string_view text) {
  const auto quoted = boost::json::serialize(boost::json::string(text));
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::string escape_entities(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string escape(Markup markup, std::string_view text) {
  switch (markup) {
    case Markup::plain: return escape_controls(text);
    case Markup::html: return escape_html(escape_controls(text));
    case Markup::json: return escape_json(escape_controls(text));
    case Markup::mrkdwn:
      // Slack has `&` of addresses written as an entity, as everywhere.
      return is_url(text) ? escape_url(text, "<>|*`~\\", "&amp;")
                          : escape_mrkdwn(escape_controls(text));
    case Markup::markdown:
      return is_url(text) ? escape_url(text, "<>()[]*`~\\", "&")
                          : escape_markdown(escape_controls(text));
  }
  return {};
}

}  // namespace tinwatch::alerts
