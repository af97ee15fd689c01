#include "html/gumbo_text.hpp"

#include "html/attributes.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace tinwatch::parsers {
namespace {

enum class Kind : std::uint8_t { plain, ascii_control, c2, ef, four };

constexpr std::array<Kind, 256> kinds() {
  std::array<Kind, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c)
    out[c] = is_html_blank(static_cast<char>(c)) ? Kind::plain : Kind::ascii_control;
  out[0x7F] = Kind::ascii_control;
  out[0xC2] = Kind::c2;
  out[0xEF] = Kind::ef;
  for (std::size_t c = 0xF0; c < 0x100; ++c) out[c] = Kind::four;
  return out;
}

/// Whether eight bytes are all ASCII and no controls: U+0020 to U+007E.
bool are_printed(const char* bytes) {
  constexpr std::uint64_t each = 0x0101010101010101;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return ((word | (word - 0x20 * each) | (word + each)) & (0x80 * each)) == 0;
}

/// Whether a character that begins with these two bytes is U+F0000 or one behind it.
bool could_be_placeholder(unsigned char first, unsigned char second) {
  return first > 0xF3 || (first == 0xF3 && second >= 0xB0);
}

}  // namespace

bool is_passed_on(std::string_view text) {
  static constexpr auto all = kinds();
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + 8 <= text.size() && are_printed(text.data() + i)) i += 8;
    if (i == text.size()) break;
    switch (all[byte(i)]) {
      case Kind::plain: break;
      case Kind::ascii_control: return false;
      case Kind::c2:  // U+0080 to U+009F
        if (byte(i + 1) < 0xA0) return false;
        break;
      case Kind::ef: {  // U+FDD0 to U+FDEF, U+FFFE, U+FFFF
        const auto next = byte(i + 1);
        const auto last = byte(i + 2);
        if ((next == 0xB7 && last >= 0x90 && last <= 0xAF) || (next == 0xBF && last >= 0xBE))
          return false;
        break;
      }
      case Kind::four:
        if (could_be_placeholder(byte(i), byte(i + 1)) ||
            ((byte(i + 1) & 0x0FU) == 0x0F && byte(i + 2) == 0xBF && byte(i + 3) >= 0xBE))
          return false;
        break;
    }
  }
  return true;
}

bool holds_placeholder(std::string_view text) {
  for (std::size_t i = 0; i + placeholder_width <= text.size(); ++i)
    if (could_be_placeholder(static_cast<unsigned char>(text[i]),
                             static_cast<unsigned char>(text[i + 1])))
      return true;
  return false;
}

std::string_view reference_at(std::string_view text) {
  std::size_t end = text.substr(1, 1) == "#" ? 2 : 1;
  while (end < text.size() && (is_ascii_letter(text[end]) || is_digit(text[end]))) ++end;
  if (end < text.size() && text[end] == ';') ++end;
  return text.substr(0, end);
}

bool names_placeholder(std::string_view reference) {
  if (!reference.starts_with("&#")) return false;
  const bool hex = reference.substr(2, 1) == "x" || reference.substr(2, 1) == "X";
  char32_t value = 0;
  for (const char written : reference.substr(hex ? 3 : 2)) {
    const char c = ascii_lower(written);
    const bool letter = hex && c >= 'a' && c <= 'f';
    if (!is_digit(c) && !letter) return false;
    value = value * (hex ? 16 : 10) + static_cast<char32_t>(letter ? c - 'a' + 10 : c - '0');
    if (value >= first_run) return true;
  }
  return false;
}

bool ends_in_reference(std::string_view text) {
  while (!text.empty() && text.back() != ';' && continues_reference(text.back()))
    text.remove_suffix(1);
  return text.ends_with('&');
}

}  // namespace tinwatch::parsers
