#include "lists/address_segment.hpp"

#include "core/text.hpp"
#include "language/words.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_ending = 5;
constexpr std::size_t least_hash = 8;  // characters

bool is_foreign(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// Two letters in a row: a number with a unit or an initial is no word of a headline.
bool has_letters(std::string_view part) {
  std::size_t letters = 0;
  for (const char c : part) {
    letters = is_ascii_letter(c) || is_foreign(c) ? letters + 1 : 0;
    if (letters >= 2) return true;
  }
  return false;
}

bool is_hexadecimal(std::string_view part) {
  return part.size() >= least_hash && std::all_of(part.begin(), part.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

/// Letters and digits mixed, and not a word that carries a number (`article1234`).
bool is_hash(std::string_view part) {
  if (part.size() < least_hash) return false;
  std::size_t digits = 0;
  std::size_t changes = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (!is_digit(part[i]) && !is_ascii_letter(part[i])) return false;
    digits += is_digit(part[i]) ? 1 : 0;
    changes += i > 0 && is_digit(part[i]) != is_digit(part[i - 1]) ? 1 : 0;
  }
  const bool word_and_number = changes == 1 && !is_digit(part[0]) && digits <= 4;
  return digits > 0 && digits < part.size() && !word_and_number;
}

std::size_t longest_number_in(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = is_digit(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

double slug_words_in(std::string_view stem) {
  double words = 0;
  const bool foreign = std::any_of(stem.begin(), stem.end(), is_foreign);
  for (const auto part : slug_parts(stem)) {
    if (!has_letters(part) || is_hexadecimal(part)) continue;
    // A slug of a script without blanks is one part and many words.
    words += foreign ? std::max(1.0, language::count_words(part)) : 1;
  }
  return words;
}

}  // namespace

std::vector<std::string_view> slug_parts(std::string_view text) {
  constexpr std::string_view separators = "-_+,.;:| ";
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find_first_of(separators, begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::vector<Segment> segments_of(std::string_view path) {
  std::vector<std::string_view> raw;
  for (std::size_t begin = 0; begin < path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (end > begin) {
      if (raw.size() == most_segments) raw.pop_back();
      raw.push_back(path.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  std::vector<Segment> out(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    auto& one = out[i];
    one.text =
        raw[i].find('%') == std::string_view::npos ? std::string(raw[i]) : percent_decode(raw[i]);
    one.stem = one.text;
    const auto dot = one.stem.rfind('.');
    if (dot != std::string::npos && dot > 0 && one.stem.size() - dot - 1 >= 2 &&
        one.stem.size() - dot - 1 <= longest_ending &&
        has_letters(std::string_view(one.stem).substr(dot + 1))) {
      one.ending = one.stem.substr(dot + 1);
      one.stem.resize(dot);
    }
    one.slug_words = slug_words_in(one.stem);
    one.longest_number = longest_number_in(one.stem);
    one.digits_only = is_digits(one.stem);
    const auto parts = slug_parts(one.stem);
    one.hashed = std::any_of(parts.begin(), parts.end(), is_hash);
  }
  return out;
}

}  // namespace tinwatch::parsers
