#pragma once

#include "watch/mode.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tinwatch::watch {

/// What a character is to whoever cuts a text into tokens.
enum class CharKind : std::uint8_t {
  other,      ///< between two tokens
  letter,     ///< of a token, and its folded form is one letter and at most one tone
  digit,      ///< likewise
  slow,       ///< of a token that has to be folded as a whole
  alone,      ///< a token of its own, with the marks on it: of scripts written without blanks
  invisible,  ///< dropped: zero-width joiners and the like
};

/// A character as a mode compares it.
struct Letter {
  char16_t letter = 0;
  char16_t tone = 0;  ///< 0: none, or the mode has no tones apart
  CharKind kind = CharKind::other;
};

/// The letters of Europe's alphabets and of Vietnamese, folded once; all others one at a time.
class Letters {
 public:
  [[nodiscard]] static const Letters& of(Mode mode);

  [[nodiscard]] Letter look_up(char32_t c) const {
    if (c < low_end) return table_[c];
    if (c >= high_begin && c < high_end) return table_[c - high_begin + low_end];
    return {0, 0, kind_of(c)};
  }

 private:
  static constexpr char32_t low_end = 0x530;  // Latin, Greek, Cyrillic
  static constexpr char32_t high_begin = 0x1e00;
  static constexpr char32_t high_end = 0x1f00;

  explicit Letters(Mode mode);
  [[nodiscard]] static CharKind kind_of(char32_t c);

  std::array<Letter, low_end + high_end - high_begin> table_{};
};

/// A token as its mode compares it: the letters, then the tones. Never for `automatic`.
[[nodiscard]] std::u16string fold_token(std::string_view printed, Mode mode);
/// Its first `count` characters likewise; all of it where it has no more.
[[nodiscard]] std::u16string fold_beginning(std::string_view printed, Mode mode, std::size_t count);
/// How many characters a prefix has, for `fold_beginning`.
[[nodiscard]] std::size_t folded_length(std::string_view printed);
/// Its letters without marks, in the case as printed.
[[nodiscard]] std::u16string letters_in_case(std::string_view printed);
[[nodiscard]] bool has_diacritic(std::string_view text);

}  // namespace tinwatch::watch
