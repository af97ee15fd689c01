#pragma once

#include "monitor/word_diff.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// A paragraph of one text, and what became of it in another.
struct ParagraphDiff {
  enum class Fate { same, edited, removed, added };

  Fate fate = Fate::same;
  /// Word by word; of one that is the same, was removed or added, a single run.
  std::vector<DiffRun> runs;
  friend bool operator==(const ParagraphDiff&, const ParagraphDiff&) = default;
};

/// What a text's paragraphs are: separated by blank lines, without empty ones.
[[nodiscard]] std::vector<std::string_view> paragraphs_of(std::string_view text);

/// The shortest way from one to the other, paragraph by paragraph. Between those that are the same
/// on both sides, two that share a third of their words are one that was edited. The order is that
/// of reading: what was removed stands before what was added in its place. Long stretches in which
/// nothing is the same are paired from their ends on, so that time stays bounded.
[[nodiscard]] std::vector<ParagraphDiff> diff_paragraphs(std::string_view before,
                                                         std::string_view after);

}  // namespace tinwatch::monitor
