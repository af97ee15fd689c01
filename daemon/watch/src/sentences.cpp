#include "sentences.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::watch {
namespace {

constexpr std::size_t longest_side = 2'000;
constexpr std::size_t longest_abbreviation = 3;  // letters before a full stop: TP., PGS., Mr.

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// What closes a quotation. It belongs to the sentence that it closes.
std::size_t closing_mark(std::string_view text) {
  for (const std::string_view mark : {"\"", "\u201d", "\u2019", "\u00bb"})
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

/// Whether the last character is a full-width mark that ends a sentence.
bool is_wide_mark(std::string_view until) {
  using namespace std::string_view_literals;
  return until.ends_with("\u3002"sv) || until.ends_with("\uff01"sv) || until.ends_with("\uff1f"sv);
}

/// Whether a sentence ends behind the byte at `at`.
bool ends_behind(std::string_view text, std::size_t at) {
  const auto c = text[at];
  if (c == '\n' || c == '!' || c == '?') return true;
  if (c == '\x82' || c == '\x81' || c == '\x9f') return is_wide_mark(text.substr(0, at + 1));
  if (c != '.') return false;
  // `5.4`, `TP.HCM`: what comes next is a blank, a closing mark or the end.
  if (at + 1 < text.size() && (is_digit(text[at + 1]) || is_ascii_letter(text[at + 1]) ||
                               static_cast<unsigned char>(text[at + 1]) >= 0xc3))
    return text.substr(at + 1).starts_with("\u201d") || text.substr(at + 1).starts_with("\u2019");
  if (at + 1 >= text.size() || !is_blank(text[at + 1])) return true;
  auto word = at;
  while (word > 0 && at - word <= 2 * longest_abbreviation && !is_blank(text[word - 1])) --word;
  const auto before = text.substr(word, at - word);
  if (before.empty() || before.size() > longest_abbreviation || has_digit(before)) return true;
  // "TP. Hồ", "Mr. Smith": short, and a capital at its beginning.
  return !is_ascii_upper(before.front());
}

}  // namespace

std::pair<std::size_t, std::size_t> sentence_around(std::string_view text, std::size_t begin,
                                                    std::size_t end) {
  const auto first = begin - std::min(begin, longest_side);
  while (begin > first && !ends_behind(text, begin - 1)) --begin;
  if (begin > 0 && !is_blank(text[begin - 1]))
    begin += std::min(closing_mark(text.substr(begin)), end - begin);
  while (begin < end && is_blank(text[begin])) ++begin;
  const auto last = std::min(text.size(), end + longest_side);
  while (end < last && !ends_behind(text, end)) ++end;
  if (end < last && text[end] != '\n') ++end;
  end += closing_mark(text.substr(end));
  // Neither end within a character.
  while (begin > 0 && begin < text.size() &&
         (static_cast<unsigned char>(text[begin]) & 0xc0U) == 0x80)
    --begin;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) ++end;
  return {begin, end};
}

}  // namespace tinwatch::watch
