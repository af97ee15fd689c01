#pragma once

#include "language/words.hpp"

#include <initializer_list>
#include <string>

/// The words of the files as pieces of regular expressions, for any case, where they stand among
/// other things; words by themselves are looked for with a PhraseSet, which costs less to make. In
/// a word
///
///     '    is any apostrophe
///     0    is any number
///     …    is anything up to the end of the sentence
///
/// and a single letter is compared as it stands: "a" joins names, "A" is an initial.
namespace tinwatch::parsers::language {

/// "(?:a|b|c)": any of these words, without anchors. Of no word nothing matches.
[[nodiscard]] std::string any_of(std::initializer_list<WordKind> kinds);

/// The same of words of more than one letter, and of those of one, which join only capitals.
[[nodiscard]] std::string any_word(std::initializer_list<WordKind> kinds);
[[nodiscard]] std::string any_letter(std::initializer_list<WordKind> kinds);

}  // namespace tinwatch::parsers::language
