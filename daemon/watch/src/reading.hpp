#pragma once

#include "core/work_budget.hpp"
#include "lexicon.hpp"
#include "watch/article_text.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::watch {

/// A token of a text, with what its lexicon calls it.
struct TextToken {
  std::uint32_t begin = 0;  ///< bytes of its field
  std::uint32_t end = 0;
  TokenId id = none;
  std::uint32_t paragraph = 0;  ///< rising over all fields
  Gap gap = Gap::breaks;        ///< to the token before
};

/// A term, found.
struct Occurrence {
  TermId term = none;
  std::uint32_t token = 0;  ///< its first, of all fields'
  std::uint16_t length = 0;
  std::uint16_t field = 0;
};

/// A state of an article in one mode: its tokens, and the terms that are in it. Each token is
/// looked up once.
class Reading {
 public:
  /// Both outlive this. Throws OverBudget.
  Reading(const ArticleText& text, const Lexicon& lexicon, WorkBudget& budget);

  [[nodiscard]] const ArticleText& text() const { return *text_; }
  [[nodiscard]] const std::vector<TextToken>& tokens() const { return tokens_; }
  /// Of a term, in the order of the text.
  [[nodiscard]] std::span<const Occurrence> of(TermId term) const;
  /// The terms that are in the text, rising.
  struct Range {
    TermId term = none;
    std::uint32_t begin = 0;  ///< in the occurrences of all
    std::uint32_t end = 0;
  };
  [[nodiscard]] const std::vector<Range>& found() const { return ranges_; }
  [[nodiscard]] std::span<const Occurrence> of(const Range& range) const {
    return std::span(found_).subspan(range.begin, range.end - range.begin);
  }
  /// Behind the last token of a field.
  [[nodiscard]] std::uint32_t end_of(std::size_t field) const { return field_begins_[field + 1]; }
  /// The first token that bytes [begin, end) of a field touch, and the one behind the last.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> tokens_of(std::size_t field,
                                                                  std::uint32_t begin,
                                                                  std::uint32_t end) const;
  [[nodiscard]] std::string_view printed(std::size_t field, std::size_t token) const {
    return text_->field(field).substr(tokens_[token].begin,
                                      tokens_[token].end - tokens_[token].begin);
  }

 private:
  void cut(WorkBudget& budget);
  void search(WorkBudget& budget);
  void walk(std::uint32_t node, std::uint32_t first, std::uint32_t last, std::uint16_t field,
            bool over_signs, WorkBudget& budget);
  void take_endings(std::uint32_t node, std::uint32_t first, std::uint32_t last,
                    std::uint16_t field, bool over_signs);
  [[nodiscard]] bool fits(const Term::Strict& strict, std::uint32_t first, std::uint32_t last,
                          std::uint16_t field) const;

  const ArticleText* text_;
  const Lexicon* lexicon_;
  std::vector<TextToken> tokens_;
  std::array<std::uint32_t, field_count + 1> field_begins_{};  // tokens
  /// The prefixes that a token begins with: (token, id), by token.
  std::vector<std::pair<std::uint32_t, TokenId>> beginnings_;
  std::vector<Occurrence> found_;  // by term, then by token
  std::vector<Range> ranges_;
};

}  // namespace tinwatch::watch
