#pragma once

#include <string_view>

namespace tinwatch::monitor {

/// What words that were added to a page say of the page itself.
enum class Note {
  none,
  update,      ///< that it was edited, and of no fault
  correction,  ///< that something was wrong in it
};

/// By its sentences: one that speaks of the article and of an edit, or opens as such notes do. The
/// words of a language are those of Vietnamese, English, German, French and Spanish; notes of other
/// languages are told by how they open (ArticleRecord::correction).
[[nodiscard]] Note note_in(std::string_view added);

}  // namespace tinwatch::monitor
