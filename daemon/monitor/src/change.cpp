#include "monitor/change.hpp"

#include "change_class.hpp"
#include "monitor/word_diff.hpp"

#include <algorithm>

namespace tinwatch::monitor {

std::optional<Change> detect_change(const EditorialState& before, const EditorialState& after,
                                    ReadNote read_note) {
  const auto& old_fields = before.fields;
  const auto& new_fields = after.fields;
  if (old_fields == new_fields) return std::nullopt;
  Change change;
  for (std::size_t i = 0; i < old_fields.size(); ++i) {
    if (old_fields[i] == new_fields[i]) continue;
    change.fields.push_back(old_fields[i].name);
    // The lead is part of the body: its words would count twice.
    if (old_fields[i].name == "description" && old_fields[i + 1] != new_fields[i + 1]) continue;
    auto diff = changed_words(diff_words(old_fields[i].text, new_fields[i].text));
    std::move(diff.removed.begin(), diff.removed.end(), std::back_inserter(change.words_removed));
    std::move(diff.added.begin(), diff.added.end(), std::back_inserter(change.words_added));
  }
  const auto judgement = judge_edit(old_fields, new_fields, read_note);
  change.change_class = judgement.change_class;
  change.disclosed = judgement.disclosed;
  change.significance =
      significance_of(judgement, change.words_removed.size() + change.words_added.size());
  return change;
}

}  // namespace tinwatch::monitor
