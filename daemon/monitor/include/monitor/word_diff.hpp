#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

enum class Edit { same, removed, added };

/// A run of words with one fate. `text` is the words joined by one blank.
struct DiffRun {
  Edit edit = Edit::same;
  std::string text;
  friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

/// The shortest word-by-word way from `before` to `after` (Myers 1986). Vietnamese syllables are
/// words. Texts that share almost nothing are given as one removal and one addition once more than
/// 1,000 words differ, so that time stays bounded; so are long ones of the same few words.
[[nodiscard]] std::vector<DiffRun> diff_words(std::string_view before, std::string_view after);

/// Words removed and added, in order.
struct WordChange {
  std::vector<std::string> removed;
  std::vector<std::string> added;
};
[[nodiscard]] WordChange changed_words(const std::vector<DiffRun>& runs);

}  // namespace tinwatch::monitor
