#include "core/text.hpp"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace {

using icu::UnicodeString;

UnicodeString normalized(const icu::Normalizer2* normalizer, const UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  return normalizer->normalize(text, status);
}

/// The longest run of marks, by the definition: in the decomposed text.
int longest_run(const UnicodeString& decomposed) {
  int longest = 0;
  int run = 0;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    run = u_getCombiningClass(decomposed.char32At(i)) == 0 ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

/// Against ICU alone: the same where no run is too long, else the same but for joiners; never with
/// a run that is too long, and done twice the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  const auto valid = tinwatch::repair_utf8(bytes);
  const auto wide = UnicodeString::fromUTF8(valid);
  const auto result = tinwatch::nfc(bytes);
  const auto wide_result = UnicodeString::fromUTF8(result);

  const auto apart = normalized(nfd, wide);
  if (longest_run(apart) <= 30) {
    std::string expected;
    normalized(nfc, wide).toUTF8String(expected);
    if (result != expected) __builtin_trap();
  }
  const auto result_apart = normalized(nfd, wide_result);
  if (longest_run(result_apart) > 30) __builtin_trap();
  if (tinwatch::nfc(result) != result) __builtin_trap();

  // But for the joiners nothing is added, lost or changed: the same letters in any order.
  const auto letters = [](const UnicodeString& text) {
    std::u32string out;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
      if (const auto c = text.char32At(i); c != 0x34f) out += static_cast<char32_t>(c);
    std::sort(out.begin(), out.end());
    return out;
  };
  if (letters(apart) != letters(result_apart)) __builtin_trap();
  return 0;
}
