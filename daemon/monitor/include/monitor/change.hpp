#pragma once

#include "core/editorial_state.hpp"
#include "core/model.hpp"
#include "core/note.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// The difference between two states of an article.
struct Change {
  std::vector<std::string> fields;  ///< names of the editorial fields that differ
  std::vector<std::string> words_removed;
  std::vector<std::string> words_added;
  ChangeClass change_class = ChangeClass::wording;
  double significance = 0;      ///< 0 to 1, for ranking: its class first, then its extent
  bool disclosed = false;       ///< the page itself prints a note about the edit
  std::optional<bool> paywall;  ///< was put up, or taken away; empty: neither
  bool alternates = false;      ///< two states that come and go: told once, nothing is taken over
};

/// What words that were added say of the page they stand in.
using ReadNote = Note (*)(std::string_view added);

/// Compares editorial fields only: view counters, related boxes, layout and a dateModified that
/// moves alone are no change.
[[nodiscard]] std::optional<Change> detect_change(const EditorialState& before,
                                                  const EditorialState& after, ReadNote read_note);

}  // namespace tinwatch::monitor
