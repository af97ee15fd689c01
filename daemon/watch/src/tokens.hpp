#pragma once

#include "core/text.hpp"
#include "letters.hpp"
#include "watch/mode.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// One way to cut a text into tokens, for queries and for what they are asked of: letters and
/// digits make them; `1.327` and `12,7mm` are one; of scripts without blanks each character is.
namespace tinwatch::watch {

/// What stands between a token and the one before it.
enum class Gap : std::uint8_t {
  joins,  ///< a phrase runs on: blanks, one joining sign, a full stop after an abbreviation
  signs,  ///< it does only where the query has the same punctuation
  breaks  ///< it never does: another paragraph, another field
};

/// Of the text between two tokens; `printed_before` is the first of them.
[[nodiscard]] Gap gap_of(std::string_view between, std::string_view printed_before);
/// What stands in a gap besides blanks, typographic apostrophes made plain.
[[nodiscard]] std::string signs_of(std::string_view between);

/// A token as it is being cut.
struct CutToken {
  std::uint32_t begin = 0;  ///< bytes, in the text as given
  std::uint32_t end = 0;
  Gap gap = Gap::breaks;  ///< `breaks` for the first
  std::u16string_view key;
  /// The tones of the key's letters, one each, as long as the key without its tones; null where it
  /// was folded as a whole.
  const char16_t* tones = nullptr;
  std::size_t letters = 0;
};

/// Cuts one text, token after token.
class TokenCutter {
 public:
  /// `text` outlives this.
  TokenCutter(std::string_view text, Mode mode)
      : text_(text), mode_(mode), letters_(Letters::of(mode)) {}

  /// False at the end. `token.key` holds until the next call.
  bool next(CutToken& token) {
    while (at_ < text_.size()) {
      const auto here = at_;
      const auto c = next_code_point(text_, at_);
      const auto letter = letters_.look_up(c);
      if (open_ && ends_before(letter.kind, c)) {
        at_ = here;  // and is looked at again
        after_digit_ = false;
        if (finish(here, token)) return true;
        continue;
      }
      switch (letter.kind) {
        case CharKind::letter:
        case CharKind::digit:
          add(here, letter);
          after_digit_ = letter.kind == CharKind::digit;
          run_on();
          break;
        case CharKind::slow:
          begin(here);
          whole_ = true;
          after_digit_ = false;
          has_letter_ = has_letter_ || !is_mark(c);
          break;
        case CharKind::alone:
          begin(here);
          whole_ = alone_ = has_letter_ = true;
          after_digit_ = false;
          break;
        case CharKind::invisible: break;
        case CharKind::other:
          if (open_ && after_digit_ && (c == '.' || c == ',') && at_ < text_.size() &&
              is_digit(text_[at_])) {
            add(here, {static_cast<char16_t>(c), 0, CharKind::letter});
            break;
          }
          after_digit_ = false;
          if (open_ && finish(here, token)) return true;
      }
    }
    return open_ && finish(text_.size(), token);
  }

 private:
  static constexpr std::size_t longest_plain = 64;

  [[nodiscard]] static bool is_mark(char32_t c);

  void begin(std::size_t at) {
    if (open_) return;
    open_ = true;
    begin_ = at;
  }

  void add(std::size_t at, Letter letter) {
    begin(at);
    has_letter_ = true;
    if (count_ == longest_plain) {
      whole_ = true;
      return;
    }
    key_[count_] = letter.letter;
    tones_[count_++] = letter.tone;
  }

  /// The letters and digits that follow at once: most of a text. What it calls is part of it.
  [[gnu::flatten]] void run_on() {
    auto at = at_;
    auto count = count_;
    auto behind_digit = after_digit_;
    while (at < text_.size() && count < longest_plain) {
      auto behind = at;
      const auto byte = static_cast<unsigned char>(text_[at]);
      const auto letter =
          letters_.look_up(byte < 0x80 ? (++behind, byte) : next_code_point(text_, behind));
      if (letter.kind != CharKind::letter && letter.kind != CharKind::digit) break;
      behind_digit = letter.kind == CharKind::digit;
      key_[count] = letter.letter;
      tones_[count++] = letter.tone;
      at = behind;
    }
    at_ = at;
    count_ = count;
    after_digit_ = behind_digit;
  }

  /// Whether what is open ends before a character that belongs to a token itself.
  [[nodiscard]] bool ends_before(CharKind kind, char32_t c) const {
    if (kind == CharKind::alone) return true;
    if (!alone_) return false;
    return kind == CharKind::letter || kind == CharKind::digit ||
           (kind == CharKind::slow && !is_mark(c));
  }

  bool finish(std::size_t end, CutToken& token);

  std::string_view text_;
  Mode mode_;
  const Letters& letters_;
  std::size_t at_ = 0;
  bool open_ = false;
  bool whole_ = false;  // to be folded as a whole
  bool alone_ = false;
  bool after_digit_ = false;
  bool has_letter_ = false;  // marks alone are no token, in whichever mode
  std::size_t begin_ = 0;
  std::size_t count_ = 0;
  std::size_t last_begin_ = 0;
  std::size_t last_end_ = 0;
  bool any_ = false;
  std::array<char16_t, 2 * longest_plain> key_{};
  std::array<char16_t, longest_plain> tones_{};
  std::u16string folded_;
};

}  // namespace tinwatch::watch
