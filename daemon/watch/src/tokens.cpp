#include "core/text.hpp"
#include "watch/query.hpp"

#include <unicode/uchar.h>

namespace tinwatch::watch {
namespace {

bool is_word(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  return u_isalnum(code) != 0 || u_getCombiningClass(code) != 0;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

std::string fold(std::string_view word, Mode mode) {
  switch (mode) {
    case Mode::exact: return fold_case(nfc(word));
    case Mode::tone: return fold_tone(word);
    case Mode::fold: return fold_marks(word);
  }
  return {};
}

}  // namespace

std::string_view label(Mode mode) {
  switch (mode) {
    case Mode::exact: return "exact";
    case Mode::tone: return "tone";
    case Mode::fold: return "fold";
  }
  return "";
}

std::vector<Token> tokenise(std::string_view text, Mode mode) {
  std::vector<Token> out;
  std::size_t begin = std::string_view::npos;
  const auto finish = [&](std::size_t end) {
    if (begin == std::string_view::npos) return;
    out.push_back({fold(squeeze(text.substr(begin, end - begin)), mode), begin, end});
    begin = std::string_view::npos;
  };
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(text, at);
    // Zero-width characters are inside a word, not between two (squeeze drops them).
    const bool invisible = (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff || c == 0xad;
    if (invisible && begin != std::string_view::npos) continue;
    bool word = is_word(c);
    if ((c == '.' || c == ',') && is_digit(before) && at < text.size() &&
        is_digit(static_cast<unsigned char>(text[at])))
      word = true;
    if (!word)
      finish(here);
    else if (begin == std::string_view::npos)
      begin = here;
    before = c;
  }
  finish(text.size());
  return out;
}

}  // namespace tinwatch::watch
