#include "watch/folded_words.hpp"

#include "tokens.hpp"
#include "watch/query.hpp"

namespace tinwatch::watch {
namespace {

void append(std::string& out, std::u16string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    const bool is_pair = (c & 0xfc00U) == 0xd800U && i + 1 < text.size();
    if (is_pair) c = 0x10000U + ((c & 0x3ffU) << 10U) + (text[++i] & 0x3ffU);
    append_utf8(out, c);
  }
}

}  // namespace

std::string folded_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  TokenCutter cutter(text, Mode::fold);
  for (CutToken token; cutter.next(token);) {
    if (!out.empty()) out += ' ';
    append(out, token.key);
  }
  return out;
}

std::string folded_words(const Term& term) {
  std::string text;
  append(text, term.tokens);
  return folded_words(text);
}

}  // namespace tinwatch::watch
