#include "core/text.hpp"
#include "watch/query.hpp"

#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tinwatch::watch {
namespace {

bool is_word(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  return u_isalnum(code) != 0 || u_getCombiningClass(code) != 0;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

/// The five Vietnamese tone marks: grave, acute, tilde, hook above, dot below.
bool is_tone(char16_t c) {
  return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*instance)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = instance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  return *found;
}

/// Syllable to comparable form. In `tone` mode the tone leaves its letter and goes to the end, so
/// that hòa and hoà meet; in `fold` mode every mark goes and đ becomes d.
std::string fold(std::string_view word, Mode mode) {
  std::string folded = fold_case(nfc(word));
  // Eth is often typed for d with stroke (U+00F0 for U+0111).
  if (mode != Mode::exact)
    for (auto at = folded.find("\xC3\xB0"); at != std::string::npos;
         at = folded.find("\xC3\xB0", at + 2))
      folded.replace(at, 2, "\xC4\x91");
  bool ascii = true;
  for (const char c : folded) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
  if (ascii || mode == Mode::exact) return folded;

  UErrorCode status = U_ZERO_ERROR;
  const auto wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(folded.data(), static_cast<std::int32_t>(folded.size())));
  const auto apart = normalizer(&icu::Normalizer2::getNFDInstance).normalize(wide, status);
  icu::UnicodeString letters;
  icu::UnicodeString tones;
  for (std::int32_t i = 0; i < apart.length(); ++i) {
    const char16_t c = apart.charAt(i);
    if (mode == Mode::fold) {
      if (u_getCombiningClass(c) == 0) letters.append(c == 0x111 ? u'd' : c);
    } else if (is_tone(c)) {
      tones.append(c);
    } else {
      letters.append(c);
    }
  }
  std::string out;
  normalizer(&icu::Normalizer2::getNFCInstance).normalize(letters, status).toUTF8String(out);
  tones.toUTF8String(out);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a word");
  return out;
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
