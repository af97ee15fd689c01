#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tinwatch::monitor {

/// A word as it stands and as it is compared: without punctuation, case and tone placement.
struct Word {
  std::string_view text;         ///< as printed, punctuation and all
  std::string key;               ///< never empty, without white space
  bool starts_sentence = false;  ///< where a capital says nothing
};

using Words = std::vector<Word>;

/// The words of a text, those that are punctuation alone left out. Views into `text`.
[[nodiscard]] Words read_words(std::string_view text);

/// Words that stand where others stood, or where none did.
struct Region {
  std::vector<const Word*> removed;
  std::vector<const Word*> added;
  const Word* before = nullptr;  ///< the word in front of it, in the new text
};

/// Where two texts differ, in order. Points into both.
[[nodiscard]] std::vector<Region> regions_of(const Words& before, const Words& after);

/// Capitalised where a sentence does not ask for it.
[[nodiscard]] bool is_name(const Word& word);
/// A numeral, in digits or letters.
[[nodiscard]] bool is_number(const Word& word);
[[nodiscard]] bool is_negation(const Word& word);
/// A word that states something by itself (a unit, a time of day, a title): exchanged for another
/// of them, the fact is another.
[[nodiscard]] bool is_telling(const Word& word);

/// Whether the same was meant: spelling, spacing, or a word written twice.
[[nodiscard]] bool is_slip(const Region& region);

/// Whether a name became another, however like it: Minh, Linh. Not where it is spelled now as it
/// was elsewhere already (`known`: the keys of the old words), nor where a letter was doubled.
[[nodiscard]] bool renames(const Region& region, const std::unordered_set<std::string>& known);

}  // namespace tinwatch::monitor
