#pragma once

#include "alerts/letter_template.hpp"

#include <cstddef>
#include <kainjow/mustache.hpp>

namespace tinwatch::alerts {

/// How much of a letter is shown.
struct Extent {
  std::size_t stories = 50;
  std::size_t sentences = 10;  ///< of a story
  std::size_t edits = 10;
  std::size_t headline = 300;  ///< characters
};

/// What templates see of a letter (docs/receivers.md).
[[nodiscard]] kainjow::mustache::data view_of(const Letter& letter, const LetterStyle& style,
                                              const Extent& extent);

}  // namespace tinwatch::alerts
