#include "monitor/word_diff.hpp"

#include "core/text.hpp"
#include "edit_script.hpp"

namespace tinwatch::monitor {
namespace {

constexpr int most_edits = 1000;

}  // namespace

std::vector<DiffRun> diff_words(std::string_view before, std::string_view after) {
  const auto a = words(before);
  const auto b = words(after);
  Numbering numbering;
  const auto script = edit_script_or_all(numbering.of(a), numbering.of(b), most_edits);
  std::vector<DiffRun> runs;
  auto old_word = a.begin();
  auto new_word = b.begin();
  for (const auto edit : script) {
    const auto word = edit == Edit::removed ? *old_word : *new_word;
    if (edit != Edit::added) ++old_word;
    if (edit != Edit::removed) ++new_word;
    if (runs.empty() || runs.back().edit != edit)
      runs.push_back({edit, std::string(word)});
    else
      (runs.back().text += ' ') += word;
  }
  return runs;
}

WordChange changed_words(const std::vector<DiffRun>& runs) {
  WordChange out;
  for (const auto& run : runs) {
    if (run.edit == Edit::same) continue;
    auto& list = run.edit == Edit::added ? out.added : out.removed;
    for (const auto word : words(run.text)) list.emplace_back(word);
  }
  return out;
}

}  // namespace tinwatch::monitor
