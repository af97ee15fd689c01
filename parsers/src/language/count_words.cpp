#include "core/text.hpp"
#include "html/text_run.hpp"
#include "language/words.hpp"

namespace tinwatch::parsers::language {
namespace {

constexpr double east_asian_characters = 2.2;       // a word
constexpr double southeast_asian_characters = 4.5;  // vowel signs and tone marks included

bool is_east_asian(char32_t c) {
  return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
         (c >= 0xac00 && c <= 0xd7af) || (c >= 0x20000 && c <= 0x323af);
}

bool is_southeast_asian(char32_t c) {
  return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) ||
         (c >= 0x1780 && c <= 0x17ff);
}

}  // namespace

bool is_set_apart(char32_t letter) { return !is_east_asian(letter) && !is_southeast_asian(letter); }

double count_words(std::string_view text) {
  std::size_t blank_words = 0;
  std::size_t east = 0;
  std::size_t southeast = 0;
  bool in_word = false;  // a run between blanks that holds a letter or a digit already
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool of_east = c >= 0x3040 && is_east_asian(c);
    const bool of_southeast = c >= 0x0e00 && is_southeast_asian(c);
    east += of_east ? 1 : 0;
    southeast += of_southeast ? 1 : 0;
    if (c == ' ' || of_east || of_southeast) {
      in_word = false;
    } else if (!in_word && is_word_character(c)) {
      in_word = true;
      ++blank_words;
    }
  }
  return static_cast<double>(blank_words) + static_cast<double>(east) / east_asian_characters +
         static_cast<double>(southeast) / southeast_asian_characters;
}

}  // namespace tinwatch::parsers::language
