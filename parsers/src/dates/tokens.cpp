#include "dates/tokens.hpp"

#include "core/text.hpp"

#include <unicode/uchar.h>

namespace tinwatch::parsers {
namespace {

bool is_ideograph(char32_t c) { return c >= 0x2E80 && c < 0xAC00; }
bool is_thai(char32_t c) { return c >= 0x0E00 && c < 0x0E80; }

bool is_letter(char32_t c) {
  if (c < 0x80) return c < 0x7F && is_ascii_letter(static_cast<char>(c));
  const auto code = static_cast<UChar32>(c);
  return u_isalpha(code) != 0 || (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
}

/// 0 to 9, else -1.
int digit_value(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return u_charDigitValue(static_cast<UChar32>(c));
}

/// The letter that stands for all of its spellings; 0 for what may be left out.
char32_t plain_letter(char32_t c) {
  switch (c) {
    case 0x0622:
    case 0x0623:
    case 0x0625: return 0x0627;  // alef with madda or hamza
    case 0x0649:
    case 0x064A: return 0x06CC;  // yeh
    case 0x0643: return 0x06A9;  // kaf
    case 0x0640:                 // tatweel
    case 0x200C:                 // the joiner inside of Persian words
    case 0x093C: return 0;       // nukta
    default: break;
  }
  return c >= 0x064B && c <= 0x0655 ? 0 : c;  // Arabic vowels
}

void append_plain(std::string& out, char32_t c) {
  if (const auto plain = plain_letter(c); plain != 0) append_utf8(out, plain);
}

}  // namespace

std::vector<DateToken> tokenise_date(std::string_view text) {
  const auto folded = fold_case(nfc(text));
  std::vector<DateToken> out;
  bool gap = false;
  for (std::size_t at = 0; at < folded.size();) {
    const auto start = at;
    const auto c = next_code_point(folded, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) {
      gap = true;
      continue;
    }
    DateToken token{.gap = gap};
    gap = false;
    const auto peek = [&](std::size_t from) {
      return from < folded.size() ? next_code_point(folded, from) : U'\0';
    };
    if (const int digit = digit_value(c); digit >= 0) {
      token.kind = DateToken::Kind::number;
      token.text += static_cast<char>('0' + digit);
      while (at < folded.size()) {
        auto end = at;
        const int next = digit_value(next_code_point(folded, end));
        if (next < 0) break;
        token.text += static_cast<char>('0' + next);
        at = end;
      }
      if (token.text.size() <= 18) token.value = std::stoll(token.text);
    } else if (is_letter(c)) {
      token.kind = DateToken::Kind::word;
      append_plain(token.text, c);
      // Each ideograph is a word of its own: 2024年1月5日.
      while (!is_ideograph(c) && at < folded.size()) {
        auto end = at;
        const auto next = next_code_point(folded, end);
        // Thai abbreviates inside of a word: พ.ย.
        const bool dot = next == '.' && is_thai(c) && is_thai(peek(end));
        if (!dot && next != 0x200C && (!is_letter(next) || is_ideograph(next))) break;
        append_plain(token.text, next);
        at = end;
      }
    } else {
      token.text = folded.substr(start, at - start);
    }
    out.push_back(std::move(token));
  }
  return out;
}

}  // namespace tinwatch::parsers
