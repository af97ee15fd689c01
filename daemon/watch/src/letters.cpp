#include "letters.hpp"

#include "core/text.hpp"

#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tinwatch::watch {
namespace {

std::u16string wide(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    if (c < 0x10000) {
      out += static_cast<char16_t>(c);
    } else {
      out += static_cast<char16_t>(0xd7c0 + (c >> 10U));
      out += static_cast<char16_t>(0xdc00 + (c & 0x3ffU));
    }
  }
  return out;
}

std::string folded(std::string_view word, Mode mode) {
  switch (mode) {
    case Mode::exact: return fold_case(nfc(word));
    case Mode::tone: return fold_tone(word);
    case Mode::fold: return fold_marks(word);
    case Mode::automatic: break;
  }
  throw std::logic_error("a token has no way of writing of its own");
}

}  // namespace

std::string_view label(Mode mode) {
  switch (mode) {
    case Mode::exact: return "exact";
    case Mode::tone: return "tone";
    case Mode::fold: return "fold";
    case Mode::automatic: return "auto";
  }
  return "";
}

std::optional<Mode> mode_from(std::string_view word) {
  for (const auto mode : {Mode::exact, Mode::tone, Mode::fold, Mode::automatic})
    if (word == label(mode)) return mode;
  return std::nullopt;
}

CharKind Letters::kind_of(char32_t c) {
  if (is_invisible(c)) return CharKind::invisible;
  if (c >= 0x2000 && c <= 0x206f) return CharKind::other;  // dashes and quotation marks
  const auto code = static_cast<UChar32>(c);
  const auto type = U_MASK(u_charType(code));
  if ((type & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) == 0) return CharKind::other;
  if ((type & U_GC_M_MASK) != 0) return CharKind::slow;
  switch (u_getIntPropertyValue(code, UCHAR_LINE_BREAK)) {
    case U_LB_IDEOGRAPHIC:
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_NONSTARTER: return CharKind::alone;
    default: return CharKind::slow;
  }
}

Letters::Letters(Mode mode) {
  for (std::size_t i = 0; i < table_.size(); ++i) {
    const auto c = static_cast<char32_t>(i < low_end ? i : i - low_end + high_begin);
    auto& entry = table_[i];
    entry.kind = kind_of(c);
    if (entry.kind != CharKind::slow) continue;
    if ((U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_M_MASK) != 0) continue;
    std::string one;
    append_utf8(one, c);
    const auto form = wide(folded(one, mode));
    const bool with_tone = mode == Mode::tone && form.size() == 2 && is_vietnamese_tone(form[1]);
    if (form.size() != 1 && !with_tone) continue;
    entry.letter = form[0];
    entry.tone = with_tone ? form[1] : u'\0';
    entry.kind = c >= '0' && c <= '9' ? CharKind::digit : CharKind::letter;
  }
}

const Letters& Letters::of(Mode mode) {
  static const std::array<Letters, ways_of_writing> all = {
      Letters(Mode::exact), Letters(Mode::tone), Letters(Mode::fold)};
  return all.at(static_cast<std::size_t>(mode));
}

std::u16string fold_token(std::string_view printed, Mode mode) {
  return wide(folded(squeeze(printed), mode));
}

std::u16string fold_beginning(std::string_view printed, Mode mode, std::size_t count) {
  const auto plain = fold_case(squeeze(printed));
  std::size_t end = 0;
  for (; count > 0 && end < plain.size(); --count) static_cast<void>(next_code_point(plain, end));
  return wide(folded(std::string_view(plain).substr(0, end), mode));
}

std::size_t folded_length(std::string_view printed) {
  const auto plain = fold_case(squeeze(printed));
  std::size_t count = 0;
  for (std::size_t at = 0; at < plain.size(); ++count)
    static_cast<void>(next_code_point(plain, at));
  return count;
}

std::u16string letters_in_case(std::string_view printed) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* decomposer = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  const auto composed = squeeze(printed);
  const auto apart = decomposer->normalize(icu::UnicodeString::fromUTF8(composed), status);
  std::u16string out;
  for (std::int32_t i = 0; i < apart.length(); ++i)
    if (u_getCombiningClass(apart.charAt(i)) == 0) out += apart.charAt(i);
  return out;
}

bool has_diacritic(std::string_view text) { return fold_case(nfc(text)) != fold_marks(text); }

}  // namespace tinwatch::watch
