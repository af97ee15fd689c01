#pragma once

namespace tinwatch {

/// What words that were added to a page say of the page itself.
enum class Note {
  none,
  update,      ///< that it was edited, and of no fault
  correction,  ///< that something was wrong in it
};

}  // namespace tinwatch
