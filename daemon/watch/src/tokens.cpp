#include "tokens.hpp"

#include <algorithm>
#include <unicode/uchar.h>

namespace tinwatch::watch {
namespace {

constexpr std::size_t longest_gap = 256;         // bytes: no phrase runs on over more
constexpr std::size_t longest_abbreviation = 4;  // bytes
constexpr std::array<std::string_view, 9> joining_signs = {
    "-", "\u2010", "\u2011", "\u2013", "\u2014", "/", "_", "&", "'"};

bool is_capital_word(std::string_view printed) { return fold_case(printed) != printed; }

/// The only sign among blanks, where it is of ASCII: nearly all gaps with a sign are such. Empty:
/// this gap is none.
std::string_view sole_sign(std::string_view between) {
  std::string_view out;
  for (std::size_t i = 0; i < between.size(); ++i) {
    if (between[i] == ' ') continue;
    if (!out.empty() || between[i] < '!' || between[i] > '~') return {};
    out = between.substr(i, 1);
  }
  return out;
}

Gap gap_of_signs(std::string_view signs, std::string_view between,
                 std::string_view printed_before) {
  if (signs.empty() || is_one_of(signs, joining_signs)) return Gap::joins;
  const auto abbreviates = [&] {
    return between == "." ||
           (printed_before.size() <= longest_abbreviation && is_capital_word(printed_before));
  };
  return signs == "." && abbreviates() ? Gap::joins : Gap::signs;
}

}  // namespace

std::string signs_of(std::string_view between) {
  std::string out;
  const auto squeezed = squeeze(between);
  for (const auto word : words(squeezed)) out += word;
  for (const std::string_view apostrophe : {"\u2018", "\u2019", "\u02BC"})
    for (auto at = out.find(apostrophe); at != std::string::npos; at = out.find(apostrophe, at + 1))
      out.replace(at, apostrophe.size(), "'");
  return out;
}

Gap gap_of(std::string_view between, std::string_view printed_before) {
  if (between == " " || between.empty()) return Gap::joins;
  if (between.size() > longest_gap) return Gap::breaks;
  if (const auto sign = sole_sign(between); !sign.empty())
    return gap_of_signs(sign, between, printed_before);
  if (std::count(between.begin(), between.end(), '\n') > 1) return Gap::breaks;
  return gap_of_signs(signs_of(between), between, printed_before);
}

bool TokenCutter::is_mark(char32_t c) {
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_M_MASK) != 0;
}

bool TokenCutter::finish(std::size_t end, CutToken& token) {
  const auto printed = text_.substr(begin_, end - begin_);
  const bool is_token = has_letter_;
  token.letters = count_;
  token.tones = nullptr;
  if (whole_) {
    folded_ = fold_token(printed, mode_);
    token.key = folded_;
  } else {
    auto size = count_;
    for (std::size_t i = 0; i < count_; ++i)
      if (tones_[i] != 0) key_[size++] = tones_[i];
    token.key = {key_.data(), size};
    token.tones = tones_.data();
  }
  open_ = whole_ = alone_ = has_letter_ = false;
  count_ = 0;
  if (!is_token) return false;
  token.begin = static_cast<std::uint32_t>(begin_);
  token.end = static_cast<std::uint32_t>(end);
  if (!any_)
    token.gap = Gap::breaks;
  else if (begin_ == last_end_ + 1 && text_[last_end_] == ' ')
    token.gap = Gap::joins;  // nearly all
  else
    token.gap = gap_of(text_.substr(last_end_, begin_ - last_end_),
                       text_.substr(last_begin_, last_end_ - last_begin_));
  any_ = true;
  last_begin_ = begin_;
  last_end_ = end;
  return true;
}

}  // namespace tinwatch::watch
