#include "core/text.hpp"

#include <algorithm>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tinwatch {
namespace {

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*instance)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = instance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  return *found;
}

std::string fold(std::string_view syllable, bool keep_marks) {
  std::string folded = fold_case(nfc(syllable));
  // Eth (U+00F0) for d with stroke (U+0111).
  for (auto at = folded.find("\xC3\xB0"); at != std::string::npos;
       at = folded.find("\xC3\xB0", at + 2))
    folded.replace(at, 2, "\xC4\x91");
  if (std::all_of(folded.begin(), folded.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return folded;

  UErrorCode status = U_ZERO_ERROR;
  const auto wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(folded.data(), static_cast<std::int32_t>(folded.size())));
  const auto apart = normalizer(&icu::Normalizer2::getNFDInstance).normalize(wide, status);
  icu::UnicodeString letters;
  icu::UnicodeString tones;
  for (std::int32_t i = 0; i < apart.length(); ++i) {
    const char16_t c = apart.charAt(i);
    if (!keep_marks) {
      if (u_getCombiningClass(c) == 0) letters.append(c == 0x111 ? u'd' : c);
    } else if (is_vietnamese_tone(c)) {
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

std::string fold_tone(std::string_view syllable) { return fold(syllable, /*keep_marks=*/true); }
std::string fold_marks(std::string_view syllable) { return fold(syllable, /*keep_marks=*/false); }

}  // namespace tinwatch
