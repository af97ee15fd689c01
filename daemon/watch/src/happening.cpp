#include "core/text.hpp"
#include "evaluate.hpp"
#include "monitor/word_diff.hpp"

#include <stdexcept>

namespace tinwatch::watch {
namespace {

/// The tokens as printed, a blank between two.
std::string joined(const Reading& reading) {
  std::string out;
  std::size_t token = 0;
  for (std::size_t field = 0; field < field_count; ++field)
    for (const auto end = reading.end_of(field); token < end; ++token) {
      if (!out.empty()) out += ' ';
      out += squeeze(reading.printed(field, token));
    }
  return out;
}

}  // namespace

const Reading& ReadText::any() const {
  for (const auto& reading : readings)
    if (reading) return *reading;
  throw std::logic_error("a text that was not read");
}

const EditedTokens& Happening::edited_tokens(WorkBudget& budget) {
  if (edited) return *edited;
  auto& out = edited.emplace();
  const auto& now = after.any();
  out.added.assign(now.tokens().size(), true);
  if (!before.text) return out;
  const auto& then = before.any();
  out.removed.assign(then.tokens().size(), true);
  budget.look();
  std::size_t old_token = 0;
  std::size_t new_token = 0;
  for (const auto& run : monitor::diff_words(joined(then), joined(now))) {
    const auto count = words(run.text).size();
    if (run.edit == monitor::Edit::same)
      for (std::size_t i = 0; i < count; ++i)
        out.removed[old_token + i] = out.added[new_token + i] = false;
    if (run.edit != monitor::Edit::added) old_token += count;
    if (run.edit != monitor::Edit::removed) new_token += count;
  }
  budget.look();
  return out;
}

}  // namespace tinwatch::watch
