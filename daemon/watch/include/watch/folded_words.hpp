#pragma once

#include <string>
#include <string_view>

namespace tinwatch::watch {

struct Term;

/// The words of a text as `Mode::fold` compares them, a blank between two: what an index of texts
/// and what is looked for in it are written in.
[[nodiscard]] std::string folded_words(std::string_view text);
/// Of a term. A text that has it, in whichever mode, has these words one behind the other.
[[nodiscard]] std::string folded_words(const Term& term);

}  // namespace tinwatch::watch
