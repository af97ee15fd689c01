#pragma once

#include "alerts/letter.hpp"
#include "core/record.hpp"

#include <vector>

namespace tinwatch::alerts {

struct Edits {
  std::vector<Passage> passages;
  int further = 0;  ///< places beyond the first ones
};

/// What differs, place by place, in the order of the fields: deleted words whole, and some words
/// around each.
[[nodiscard]] Edits edits_between(const ArticleRecord& before, const ArticleRecord& after);

/// The sentence with these words of it marked where they stand; overlapping ones as one.
[[nodiscard]] std::vector<Run> marked(const std::string& sentence,
                                      const std::vector<std::string>& words);

}  // namespace tinwatch::alerts
