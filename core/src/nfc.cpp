#include "core/text.hpp"

#include <algorithm>
#include <stdexcept>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

namespace tinwatch {
namespace {

constexpr int most_marks = 30;  // UAX #15 section 13
constexpr int most_in_one = 4;  // code points that a code point decomposes to
constexpr std::string_view grapheme_joiner = "\u034F";  // neither combines nor shows

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

const icu::Normalizer2& instance(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = get(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  return *found;
}

/// Marks (non-starters) at the two ends of a code point as NFD writes it.
struct Marks {
  int leading = 0;
  int trailing = 0;
  bool all = false;  ///< it is nothing else
};

Marks marks_of(const icu::Normalizer2& nfd, char32_t c) {
  icu::UnicodeString letters;
  if (nfd.getDecomposition(static_cast<UChar32>(c), letters) == 0)
    letters = icu::UnicodeString(static_cast<UChar32>(c));
  Marks marks;
  int length = 0;
  bool started = false;
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1), ++length) {
    const bool mark = nfd.getCombiningClass(letters.char32At(i)) != 0;
    started = started || !mark;
    marks.leading += started ? 0 : 1;
    marks.trailing = mark ? marks.trailing + 1 : 0;
  }
  marks.all = marks.leading == length;
  return marks;
}

/// Whether the code point at `at` begins with a mark; moves past it.
bool take_mark(const icu::Normalizer2& nfd, std::string_view text, std::size_t& at) {
  const auto c = next_code_point(text, at);
  return c >= 0x300 && nfd.hasBoundaryBefore(static_cast<UChar32>(c)) == 0;
}

/// Whether more marks may follow one another than are safe; never says no wrongly. Looks at every
/// tenth byte or so: a run that is long enough cannot slip through.
bool may_hold_long_run(const icu::Normalizer2& nfd, std::string_view text) {
  constexpr int harmless = most_marks / most_in_one - 1;
  constexpr std::size_t stride = 2 * (harmless + 1) - 1;  // a mark has two bytes at least
  std::size_t clear = 0;                                  // no run reaches over this place
  for (std::size_t at = stride; at < text.size(); at = clear + stride) {
    while (at > clear && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80) --at;
    std::size_t next = at;
    if (take_mark(nfd, text, next)) {
      int run = 0;
      next = clear;
      for (bool inside = true; inside && next < text.size();) {
        const bool before = next < at;
        const bool mark = take_mark(nfd, text, next);
        run = mark ? run + 1 : 0;
        if (run > harmless) return true;
        inside = mark || before;
      }
    }
    clear = next;
  }
  return false;
}

/// The Stream-Safe Text Process of UAX #15 section 13, counted in NFD, the form we use: a joiner
/// goes in before the 31st mark in a row. Inserting, and not dropping what follows, is what the
/// standard does, loses nothing that a site could hide an edit in, and done twice changes nothing.
std::string stream_safe(const icu::Normalizer2& nfd, std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  int run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto marks = marks_of(nfd, next_code_point(text, at));
    if (run + marks.leading > most_marks) {
      out += grapheme_joiner;
      run = 0;
    }
    run = marks.all ? run + marks.leading : marks.trailing;
    out += text.substr(begin, at - begin);
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

}  // namespace

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  const auto& composer = instance(&icu::Normalizer2::getNFCInstance);
  const auto& decomposer = instance(&icu::Normalizer2::getNFDInstance);
  std::string valid = is_valid_utf8(text) ? std::string(text) : repair_utf8(text);
  // ICU sorts the marks of a letter by insertion: unsorted, n of them cost n squared. Even the
  // question whether a text is normalised does.
  if (may_hold_long_run(decomposer, valid)) valid = stream_safe(decomposer, valid);
  UErrorCode status = U_ZERO_ERROR;
  if (composer.isNormalizedUTF8(piece(valid), status)) return valid;
  std::string out;
  out.reserve(valid.size());
  icu::StringByteSink<std::string> sink(&out);
  composer.normalizeUTF8(0, piece(valid), sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a text");
  return out;
}

}  // namespace tinwatch
