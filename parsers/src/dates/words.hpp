#pragma once

#include "dates/tokens.hpp"
#include "language/words.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

/// The words of dates, of all languages at once. They are data (language/*.txt), and no code names
/// a language.
namespace tinwatch::parsers {

/// What a word of a date line is: a kind from `month` to `date_line`.
using DateWord = language::WordKind;

/// What stands at a token.
struct FoundWord {
  int value = 0;        ///< of a month, 1 to 12
  std::size_t end = 0;  ///< the token behind it
};

/// The longest word of that kind that begins at token `at`. Where two languages differ over a word
/// ("listopad"), that of the earlier file counts.
[[nodiscard]] std::optional<FoundWord> date_word_at(const std::vector<DateToken>& tokens,
                                                    std::size_t at, DateWord kind);

/// A word that stands in date lines: a month, a weekday, a label such as "updated", a zone.
[[nodiscard]] bool is_date_word(std::string_view folded_word);

}  // namespace tinwatch::parsers
