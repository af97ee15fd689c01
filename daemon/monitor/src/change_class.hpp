#pragma once

#include "core/record.hpp"
#include "monitor/change.hpp"

#include <vector>

namespace tinwatch::monitor {

/// What an edit is (docs/changes.md says by which rules; tests/monitor/change_pairs how well).
struct Judgement {
  ChangeClass change_class = ChangeClass::wording;
  bool changes_facts = false;  ///< a number, a name or the like was exchanged, whatever else was
  bool disclosed = false;      ///< the page itself prints a note about it
};

/// Of two states, given as `editorial_fields` of either.
[[nodiscard]] Judgement judge_edit(const std::vector<EditorialField>& before,
                                   const std::vector<EditorialField>& after, ReadNote read_note);

/// 0 to 1, for ranking: the class first, then how many words differ. A change of fact in a long
/// article counts as much as in a short one.
[[nodiscard]] double significance_of(const Judgement& judgement, std::size_t differing_words);

}  // namespace tinwatch::monitor
