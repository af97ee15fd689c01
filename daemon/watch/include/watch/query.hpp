#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::watch {

/// How much of the writing counts. `exact`: NFC and case are folded. `tone`: also which vowel of a
/// syllable carries the tone mark (hòa = hoà). `fold`: no diacritics at all (hòa = hoa, đ = d).
enum class Mode { exact, tone, fold };
[[nodiscard]] std::string_view label(Mode mode);

/// A piece of text between blanks and punctuation, folded by a mode.
struct Token {
  std::string folded;
  std::size_t begin = 0;  ///< byte offsets in the text it came from
  std::size_t end = 0;
};

/// Letters and digits make tokens; `1.327`, `12,7mm` are one. Offsets are into `text` as given.
[[nodiscard]] std::vector<Token> tokenise(std::string_view text, Mode mode);

/// What a watch looks for: words, "phrases", `field:word`, AND, OR, NOT, parentheses. Terms side by
/// side are ANDed; NOT binds tightest, then AND, then OR. Operators are upper case.
class Query {
 public:
  /// The error names what is wrong and where (byte offset from 1).
  [[nodiscard]] static Result<Query, std::string> parse(std::string_view text, Mode mode);

  /// One word or phrase.
  struct Term {
    std::string field;  ///< empty: every field
    std::vector<Token> tokens;
    std::vector<std::string> gaps;  ///< text between token i and i+1
  };
  enum class Op { term, op_and, op_or, op_not };
  /// The query in reverse Polish order, so that evaluating it is a loop.
  struct Step {
    Op op = Op::term;
    std::size_t term = 0;
  };

  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] Mode mode() const { return mode_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  Mode mode_ = Mode::tone;
  std::vector<Term> terms_;
  std::vector<Step> steps_;
};

}  // namespace tinwatch::watch
