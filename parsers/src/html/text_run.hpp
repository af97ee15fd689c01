#pragma once

#include <cstdint>
#include <string_view>

namespace tinwatch::parsers {

/// What one text node adds to the block it stands in: measured once, added up whenever blocks are
/// read. Counts are code points, inner white space collapsed, that at its ends left out; a word is
/// a run of letters and digits.
struct TextRun {
  std::uint32_t chars = 0;      ///< 0: nothing but white space
  std::uint32_t cjk_chars = 0;  ///< U+2E80 and above: scripts without blanks between words
  std::uint32_t words = 0;
  bool has_digit = false;    ///< ASCII
  bool opens_blank = false;  ///< begins with white space
  bool closes_blank = false;
  bool opens_word = false;  ///< begins inside a word, when no blank stands before it
  bool closes_word = false;
};
[[nodiscard]] TextRun measure(std::string_view text);

/// Whether a character makes a word: a letter, a digit or an underscore, of any script.
[[nodiscard]] bool is_word_character(char32_t c);

}  // namespace tinwatch::parsers
