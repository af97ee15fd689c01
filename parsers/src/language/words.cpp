#include "language/words.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::parsers::language {
namespace {

constexpr std::size_t longest_plain = 64;  // bytes that are folded without asking for memory

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string folded(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : nfc(fold_case(text));
}

}  // namespace

void WordSet::add(std::string_view word) {
  auto key = folded(word);
  // Folding may lengthen what is asked for (ß, İ), but not by more than this.
  longest_ = std::max(longest_, key.size() + 8);
  words_.insert(std::move(key));
}

bool WordSet::contains(std::string_view word) const {
  if (word.size() > longest_) return false;
  if (!is_ascii(word) || word.size() > longest_plain) return words_.contains(folded(word));
  std::array<char, longest_plain> lower{};
  std::transform(word.begin(), word.end(), lower.begin(), [](char c) { return ascii_lower(c); });
  return words_.find(std::string_view(lower.data(), word.size())) != words_.end();
}

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
    const auto kind = std::find(kind_names.begin(), kind_names.end(), name);
    if (colon == std::string_view::npos || kind == kind_names.end()) {
      faults_.push_back(std::string(file.language) + ':' + std::to_string(number) + ": '" +
                        std::string(name) + "' is no kind of words");
      continue;
    }
    auto& words = kinds_[static_cast<std::size_t>(kind - kind_names.begin())];
    for (const auto word : split(said.substr(colon + 1), ','))
      if (!trim(word).empty()) words.add(trim(word));
  }
}

}  // namespace tinwatch::parsers::language
