#include "language/words.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tinwatch::parsers::language {
namespace {

constexpr std::size_t longest_plain = 64;  // bytes that are folded without asking for memory

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Of a text of two bytes or more that begins with an ASCII character: that and the next one, where
/// all that are not ASCII count as one.
std::size_t opening(std::string_view text) {
  const auto at = [&](std::size_t i) -> std::size_t {
    const auto byte = static_cast<unsigned char>(ascii_lower(text[i]));
    return byte < 0x80 ? byte : 0;
  };
  return at(0) * 128 + at(1);
}

std::string folded(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : nfc(fold_case(text));
}

}  // namespace

void WordSet::add(std::string_view word) {
  auto key = folded(word);
  // Folding may lengthen what is asked for (ß, İ), but not by more than this.
  longest_ = std::max(longest_, key.size() + 8);
  if (key.size() > 1 && is_ascii(std::string_view(key).substr(0, 1))) {
    openings_.set(opening(key));
    // These may be the folded form of what is no ASCII: a ligature, a long s, the Kelvin sign.
    if (std::string_view("afhijkstwy").find(key[1]) != std::string_view::npos)
      openings_.set(static_cast<std::size_t>(key.front()) * 128);
  }
  words_.insert(std::move(key));
}

bool WordSet::may_begin(std::string_view text) const {
  if (text.size() < 3 || !is_ascii(text.substr(0, 1))) return true;
  // A mark behind a letter may make another letter of it: U+0300 to U+036F. A soft hyphen is none.
  const auto is_mark = [&](std::size_t i) {
    return text[i] == '\xCC' || text[i] == '\xCD' || text[i] == '\xC2';
  };
  return is_mark(1) || is_mark(2) || openings_.test(opening(text));
}

bool WordSet::contains(std::string_view word) const {
  if (word.size() > longest_ || !may_begin(word)) return false;
  if (!is_ascii(word) || word.size() > longest_plain) return words_.contains(folded(word));
  std::array<char, longest_plain> lower{};
  std::transform(word.begin(), word.end(), lower.begin(), [](char c) { return ascii_lower(c); });
  return words_.find(std::string_view(lower.data(), word.size())) != words_.end();
}

namespace {

/// A name in a file: `topic`, or `month-3`.
struct KindName {
  std::size_t kind = 0;
  int number = 0;
};

/// How far a kind counts; 0 where it does not.
int numbers_of(WordKind kind) {
  constexpr int months = 12;
  constexpr int weekdays = 7;
  if (kind == WordKind::month || kind == WordKind::solar_month) return months;
  return kind == WordKind::weekday ? weekdays : 0;
}

std::optional<KindName> kind_named(std::string_view name) {
  const auto find = [](std::string_view stem) -> std::optional<std::size_t> {
    const auto found = std::find(kind_names.begin(), kind_names.end(), stem);
    if (found == kind_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kind_names.begin());
  };
  if (const auto kind = find(name); kind && numbers_of(static_cast<WordKind>(*kind)) == 0)
    return KindName{.kind = *kind};
  const auto dash = std::min(name.rfind('-'), name.size());
  const auto kind = find(name.substr(0, dash));
  const auto digits = name.substr(std::min(dash + 1, name.size()));
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool counts = kind && error == std::errc{} && end == digits.data() + digits.size() &&
                      number >= 1 && number <= numbers_of(static_cast<WordKind>(*kind));
  if (!counts) return std::nullopt;
  return KindName{.kind = *kind, .number = number};
}

}  // namespace

Words::Words(std::span<const LanguageFile> files) {
  for (const auto& file : files) read(file);
}

const Words& Words::all() {
  static const Words words(language_files());
  return words;
}

void Words::read(const LanguageFile& file) {
  std::size_t number = 0;
  for (const auto line : split(file.text, '\n')) {
    ++number;
    const auto said = trim(line.substr(0, line.find('#')));
    if (said.empty()) continue;
    const auto colon = said.find(':');
    const auto name = said.substr(0, colon);
    const auto kind = colon == std::string_view::npos ? std::nullopt : kind_named(name);
    if (!kind) {
      faults_.push_back(std::string(file.language) + ':' + std::to_string(number) + ": '" +
                        std::string(name) + "' is no kind of words");
      continue;
    }
    for (const auto part : split(said.substr(colon + 1), ',')) {
      const auto word = trim(part);
      if (word.empty()) continue;
      listed_[kind->kind].push_back({.text = word, .number = kind->number});
      if (kind->kind < sets_.size()) sets_[kind->kind].add(word);
    }
  }
}

}  // namespace tinwatch::parsers::language
