#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// A piece of a date line: a run of digits (of any script, as ASCII), a run of letters
/// (case-folded, NFC, without what writers leave out as often: hamzas, nuktas), or a mark.
struct DateToken {
  enum class Kind { number, word, mark };
  Kind kind = Kind::mark;
  std::string text;
  std::int64_t value = -1;  ///< of a number of at most 18 digits
  bool gap = false;         ///< white space stands before it

  [[nodiscard]] bool is_number(std::size_t least, std::size_t most) const {
    return kind == Kind::number && text.size() >= least && text.size() <= most;
  }
  [[nodiscard]] bool is(std::string_view wanted) const { return text == wanted; }
};

[[nodiscard]] std::vector<DateToken> tokenise_date(std::string_view text);

}  // namespace tinwatch::parsers
