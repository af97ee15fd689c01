#pragma once

#include "core/note.hpp"

#include <string_view>

namespace tinwatch::parsers {

/// By its sentences: one that speaks of the article and of an edit, or opens as such notes do. The
/// words are those of the language files, whichever language the page is in. Linear.
[[nodiscard]] Note note_in(std::string_view added);

}  // namespace tinwatch::parsers
