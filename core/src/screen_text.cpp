#include "core/screen_text.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tinwatch {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// In order.
constexpr std::array<Range, 12> acting = {{
    {0x00, 0x1f},
    {0x7f, 0x9f},
    {0xad, 0xad},        // soft hyphen
    {0x61c, 0x61c},      // Arabic letter mark
    {0x180e, 0x180e},    // Mongolian vowel separator
    {0x200b, 0x200f},    // zero-width characters, direction marks
    {0x2028, 0x202e},    // separators, embeddings, overrides
    {0x2060, 0x206f},    // word joiner, isolates, deprecated format characters
    {0xfeff, 0xfeff},    // zero-width no-break space
    {0xfff9, 0xfffb},    // interlinear annotation
    {0x1d173, 0x1d17a},  // musical format characters
    {0xe0000, 0xe007f},  // tags
}};

/// Room for the longest escape, &#xE007F; or a pair of \uXXXX.
using Escape = std::array<char, 16>;

std::string_view braced(char32_t c, Escape& room) {
  const int length = std::snprintf(room.data(), room.size(), "\\u{%04X}", static_cast<unsigned>(c));
  return {room.data(), static_cast<std::size_t>(length)};
}

std::string_view json_escape(char32_t c, Escape& room) {
  const auto code = static_cast<unsigned>(c);
  const int length =
      c < 0x10000 ? std::snprintf(room.data(), room.size(), "\\u%04X", code)
                  : std::snprintf(room.data(), room.size(), "\\u%04X\\u%04X",
                                  0xd800U + ((code - 0x10000U) >> 10U), 0xdc00U + (code & 0x3ffU));
  return {room.data(), static_cast<std::size_t>(length)};
}

std::string_view character_reference(char32_t c, Escape& room) {
  const int length = std::snprintf(room.data(), room.size(), "&#x%X;", static_cast<unsigned>(c));
  return {room.data(), static_cast<std::size_t>(length)};
}

template <class Write>
std::string escaped(std::string_view text, std::string_view kept, Write write) {
  std::string out;
  out.reserve(text.size());
  Escape room{};
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool keeps = c < 0x80 && kept.find(static_cast<char>(c)) != std::string_view::npos;
    if (acts_on_screen(c) && !keeps)
      out += write(c, room);
    else
      append_utf8(out, c);
  }
  return out;
}

}  // namespace

bool acts_on_screen(char32_t code_point) {
  if (code_point >= 0x20 && code_point < 0x7f) return false;
  const auto* const range =
      std::find_if(acting.begin(), acting.end(),
                   [code_point](const Range& candidate) { return code_point <= candidate.last; });
  return range != acting.end() && code_point >= range->first;
}

std::string escape_controls(std::string_view text) { return escaped(text, "", braced); }

std::string escape_controls(std::string_view text, std::size_t most) {
  std::string out;
  Escape room{};
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const auto escape = acts_on_screen(c) ? braced(c, room) : std::string_view();
    length += escape.empty() ? 1 : escape.size();
    // The last place is the ellipsis's, if there is more to come.
    if (length > most || (length == most && at < text.size())) return out + "…";
    if (escape.empty())
      append_utf8(out, c);
    else
      out += escape;
  }
  return out;
}

std::string escape_controls_in_lines(std::string_view text) {
  return escaped(text, "\n\t", braced);
}

std::string escape_controls_in_json(std::string_view json) {
  return escaped(json, "", json_escape);
}

std::string escape_controls_in_html(std::string_view html) {
  return escaped(html, "\n", character_reference);
}

}  // namespace tinwatch
