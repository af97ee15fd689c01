#pragma once

#include "core/editorial_state.hpp"
#include "core/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tinwatch::monitor {

/// The difference between two states of an article.
struct Change {
  std::vector<std::string> fields;  ///< names of the editorial fields that differ
  std::vector<std::string> words_removed;
  std::vector<std::string> words_added;
  ChangeClass change_class = ChangeClass::wording;
  double significance = 0;      ///< 0 (a comma) to 1 (another text): the share of words that differ
  std::optional<bool> paywall;  ///< was put up, or taken away; empty: neither
  bool alternates = false;      ///< two states that come and go: told once, nothing is taken over
};

/// Compares editorial fields only: view counters, related boxes, layout and a dateModified that
/// moves alone are no change.
[[nodiscard]] std::optional<Change> detect_change(const EditorialState& before,
                                                  const EditorialState& after);

}  // namespace tinwatch::monitor
