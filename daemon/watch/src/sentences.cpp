#include "sentences.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstring>

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

constexpr std::size_t block = 512;  // bytes

/// Characters of a text: its bytes that continue none.
std::size_t count_characters(std::string_view text) {
  std::size_t continuing = 0;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    // 10xxxxxx: the first bit of a byte is set and the second is not. The product adds up the
    // bytes.
    const auto here = (eight & ~(eight << 1U) & 0x8080'8080'8080'8080U) >> 7U;
    continuing += static_cast<std::size_t>(here * 0x0101'0101'0101'0101U >> 56U);
  }
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80) ++continuing;
  return text.size() - continuing;
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

std::size_t FieldPlaces::character_at(std::size_t byte) {
  const auto whole = byte / block;
  while (counts_.size() <= whole)
    counts_.push_back(counts_.back() +
                      count_characters(text_.substr((counts_.size() - 1) * block, block)));
  return counts_[whole] + count_characters(text_.substr(whole * block, byte - whole * block));
}

std::string FieldPlaces::sentence_at(std::size_t begin, std::size_t end) {
  const auto around = sentence_around(text_, begin, end);
  if (const auto known = sentences_.find(around); known != sentences_.end()) return known->second;
  auto sentence = squeeze(text_.substr(around.first, around.second - around.first));
  if (sentences_.size() < most_kept) sentences_.emplace(around, sentence);
  return sentence;
}

}  // namespace tinwatch::watch
