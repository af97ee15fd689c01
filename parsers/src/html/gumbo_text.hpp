#pragma once

#include "core/text.hpp"

#include <cstddef>
#include <string_view>

namespace tinwatch::parsers {

/// Two planes of private-use characters, without the two noncharacters at the end of each: what
/// stands for a run of text, and for the attributes of a tag (placeholders.hpp).
inline constexpr char32_t first_run = 0xF0000;
inline constexpr char32_t first_tag = 0x100000;
inline constexpr std::size_t most_placeholders = 0xFFFE;  ///< of each
inline constexpr std::size_t placeholder_width = 4;       ///< bytes

/// Whether Gumbo passes every character of `text`, valid UTF-8, on as it is, and none could be
/// taken for a placeholder. Gumbo drops NUL and puts U+FFFD for controls and noncharacters.
[[nodiscard]] bool is_passed_on(std::string_view text);

/// Whether `text`, valid UTF-8, holds a character that a placeholder could be.
[[nodiscard]] bool holds_placeholder(std::string_view text);

/// The character reference at the front of `text`, which is a '&': all that could be part of one
/// (WHATWG HTML section 13.2.5.72), whether it is one or not.
[[nodiscard]] std::string_view reference_at(std::string_view text);

/// Whether a reference stands for a character that a placeholder could be, or for a number that is
/// no character: Gumbo's numbers wrap, and could become one.
[[nodiscard]] bool names_placeholder(std::string_view reference);

/// Whether `text` ends in a reference without its semicolon, which more text could go on with.
[[nodiscard]] bool ends_in_reference(std::string_view text);

/// Whether a reference could go on with this character.
[[nodiscard]] constexpr bool continues_reference(char c) {
  return is_ascii_letter(c) || is_digit(c) || c == '#' || c == ';';
}

}  // namespace tinwatch::parsers
