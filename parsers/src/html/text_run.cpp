#include "html/text_run.hpp"

#include "core/text.hpp"

#include <bitset>
#include <unicode/uchar.h>

namespace tinwatch::parsers {
namespace {

constexpr char32_t first_cjk = 0x2E80;

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return c == 0xA0 || (c >= 0x2000 && (c <= 0x200B || c == 0x202F || c == 0x3000 || c == 0xFEFF));
}

/// Latin, Greek, Cyrillic and Vietnamese letters are looked up; of others ICU is asked.
constexpr std::size_t in_table = 0x1f00;

class WordCharacters {
 public:
  static const WordCharacters& all() {
    static const WordCharacters instance;
    return instance;
  }
  [[nodiscard]] bool contain(char32_t c) const {
    return c < in_table ? table_[c] : u_isalnum(static_cast<UChar32>(c)) != 0;
  }

 private:
  WordCharacters() {
    for (std::size_t c = 0; c < in_table; ++c)
      table_[c] = c == '_' || u_isalnum(static_cast<UChar32>(c)) != 0;
  }
  std::bitset<in_table> table_;
};

}  // namespace

bool is_word_character(char32_t c) { return WordCharacters::all().contain(c); }

TextRun measure(std::string_view text) {
  const auto& words = WordCharacters::all();
  TextRun out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    if (out.closes_word && !gap) {
      // The rest of a word is passed at once.
      const auto begin = at;
      while (at < text.size() && is_ascii_letter(text[at])) ++at;
      out.chars += static_cast<std::uint32_t>(at - begin);
      if (at == text.size()) break;
    }
    const auto c = next_code_point(text, at);
    if (is_blank(c)) {
      gap = true;
      continue;
    }
    const bool word = words.contain(c);
    if (out.chars == 0) {
      out.opens_blank = gap;
      out.opens_word = word && !gap;
    } else {
      out.chars += gap ? 1 : 0;
    }
    ++out.chars;
    out.cjk_chars += c >= first_cjk ? 1 : 0;
    out.has_digit = out.has_digit || (c >= '0' && c <= '9');
    out.words += word && (gap || !out.closes_word) ? 1 : 0;
    out.closes_word = word;
    gap = false;
  }
  if (out.chars == 0) out.opens_blank = gap;
  out.closes_blank = gap;
  out.closes_word = out.closes_word && !gap;
  return out;
}

}  // namespace tinwatch::parsers
