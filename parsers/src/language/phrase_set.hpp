#pragma once

#include "language/words.hpp"

#include <bitset>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers::language {

/// The words of some kinds, looked for in a text in any case. A regular expression of as many words
/// costs milliseconds to make, which a program that reads one page pays for each; this is a sorted
/// list. The marks of the files (language/patterns.hpp) mean here what they mean there.
class PhraseSet {
 public:
  PhraseSet(std::initializer_list<WordKind> kinds);

  /// Whether a word begins the text and ends there: no letter or digit follows it. Scripts that
  /// write no blanks are asked for nothing.
  [[nodiscard]] bool opens(std::string_view text) const { return opening(text).has_value(); }
  /// Bytes that it takes: the longest, or with "…" at its end all to the end of its sentence.
  [[nodiscard]] std::optional<std::size_t> opening(std::string_view text) const;
  /// Bytes behind which each word that begins the text ends, whatever follows; longest last.
  [[nodiscard]] std::vector<std::size_t> ends(std::string_view text) const;
  /// Whether the text is one of them and nothing else, but for marks behind it.
  [[nodiscard]] bool is_whole(std::string_view text) const;
  /// Whether one stands anywhere, in the middle of a word too.
  [[nodiscard]] bool stands_in(std::string_view text) const;

  struct Found {
    std::size_t begin = 0;  ///< bytes
    std::size_t end = 0;
    bool set_apart = false;  ///< of a script with blanks
  };
  /// The first that stands by itself: no letter before or behind it.
  [[nodiscard]] std::optional<Found> find(std::string_view text) const;

 private:
  struct Phrase {
    std::u32string head;               ///< folded
    std::vector<std::u32string> rest;  ///< what follows, each behind anything of the sentence
    bool open = false;                 ///< goes on to the end of the sentence
    bool set_apart = false;            ///< ends in a letter of a script with blanks
    bool as_it_stands = false;         ///< a single letter, which is no other as a capital
  };
  void add(std::string_view word);
  void note_beginning(char32_t first);
  /// Calls `found(phrase, end)` for each phrase that begins the text; to stop it returns true.
  template <class Found_>
  void match(std::string_view text, Found_ found) const;

  /// Whether one may begin with this byte: most places of a text are passed at once.
  [[nodiscard]] bool may_begin(char first) const {
    return begins_[static_cast<unsigned char>(first)];
  }

  std::vector<Phrase> phrases_;  // sorted by head
  std::bitset<256> begins_;
};

/// The list of one use, made when it is first asked for.
template <WordKind... kinds>
[[nodiscard]] const PhraseSet& phrases_of() {
  static const PhraseSet all{kinds...};
  return all;
}

}  // namespace tinwatch::parsers::language
