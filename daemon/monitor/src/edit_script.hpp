#pragma once

#include "monitor/word_diff.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tinwatch::monitor {

/// The shortest way from `a` to `b` (Myers 1986), one entry a step: `same` moves on in both. What
/// both begin and end with needs no search. Nothing when more than `most_edits` are needed: time
/// and memory grow with their square. Nothing either when the two are so monotonous that the search
/// would grow faster than they do.
[[nodiscard]] std::optional<std::vector<Edit>> edit_script(const std::vector<std::uint32_t>& a,
                                                           const std::vector<std::uint32_t>& b,
                                                           int most_edits);

/// The same; where there is none, all of `a` removed and all of `b` added.
[[nodiscard]] std::vector<Edit> edit_script_or_all(const std::vector<std::uint32_t>& a,
                                                   const std::vector<std::uint32_t>& b,
                                                   int most_edits);

/// The same word, the same number: texts as sequences of numbers.
class Numbering {
 public:
  [[nodiscard]] std::vector<std::uint32_t> of(const std::vector<std::string_view>& pieces);

 private:
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace tinwatch::monitor
