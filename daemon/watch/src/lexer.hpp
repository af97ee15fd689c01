#pragma once

#include "core/text.hpp"
#include "lexemes.hpp"

#include <array>
#include <optional>

namespace tinwatch::watch {

using QuotationMarks = std::array<std::string_view, 4>;
inline constexpr QuotationMarks opening_quotes = {"\"", "\u201c", "\u201e", "\u00ab"};
inline constexpr QuotationMarks closing_quotes = {"\"", "\u201c", "\u201d", "\u00bb"};

/// Bytes of the quotation mark at `at`, where it is one of `marks`; 0: none.
[[nodiscard]] std::size_t quote_at(std::string_view text, std::size_t at,
                                   const QuotationMarks& marks);
/// Bytes of the blank at `at`; 0: none, or the end.
[[nodiscard]] std::size_t blank_at(std::string_view text, std::size_t at);
/// Behind the character at `at`.
[[nodiscard]] std::size_t character_end(std::string_view text, std::size_t at);

/// Takes a query apart. After the first fault it does nothing more.
class Lexer {
 public:
  Lexer(std::string_view text, std::vector<QueryFault>& warnings)
      : text_(text), warnings_(warnings) {}

  Result<std::vector<Lexeme>, QueryFault> run();

 private:
  void wrong(std::size_t at, std::string message) {
    if (!fault_) fault_ = fault_in(text_, at, std::move(message));
  }
  void warn(std::size_t at, std::string message) {
    warnings_.push_back(fault_in(text_, at, std::move(message)));
  }
  [[nodiscard]] char byte(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] std::size_t behind_blanks(std::size_t at) const;
  /// From `from` to the next blank, parenthesis or double quotation mark.
  [[nodiscard]] std::string_view word_at(std::size_t from) const;
  /// A word at `at`, or that there is none, for a message.
  [[nodiscard]] std::string shown_at(std::size_t at) const;
  void put(Lexeme lexeme, std::size_t end);

  bool skip_blanks();
  /// What begins at `at_`, which is no blank.
  void piece();
  /// A minus sign that is NOT. False: punctuation, or of a word.
  bool minus();
  void word(std::size_t from, bool itself);
  /// No letter, no digit: nothing that can be looked for.
  void punctuation(std::string_view raw);
  void warn_of(std::string_view raw);
  bool keyword(std::string_view raw);
  void near(std::string_view raw);

  // lexer_operands.cpp
  /// From its slash at `at_`, or behind `condition` and a colon.
  void regex(std::string_view condition);
  /// From its quotation mark at `from`. False: a fault.
  bool read_phrase(std::size_t from, Lexeme& lexeme, std::size_t& end);
  void phrase(std::size_t from, bool itself);
  /// Reads `>=` and the like behind blanks, and the blanks behind it.
  std::optional<Compare> read_compare(std::size_t& at);
  void count(std::size_t from);
  /// Reads what is counted, to the closing parenthesis. False: a fault.
  bool read_counted(std::size_t& at, Lexeme& lexeme);
  /// `significance >= x`, `published < day`. False: they are words.
  bool comparison(std::string_view raw);
  bool scope(std::string_view raw);
  void named_condition(std::string_view name, std::size_t behind);

  std::string_view text_;
  std::vector<QueryFault>& warnings_;
  std::vector<Lexeme> out_;
  std::optional<QueryFault> fault_;
  std::size_t at_ = 0;
  bool bound_ = false;  // a scope or a sign of NOT stands right before it
  bool fresh_ = true;   // a blank, the start or an opening parenthesis does
};

}  // namespace tinwatch::watch
