#pragma once

#include "core/model.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tinwatch::watch {

/// Where a term was found.
struct Hit {
  std::string field;
  std::size_t offset = 0;  ///< characters (code points) from the beginning of the field
  std::string words;       ///< as printed
  std::string sentence;    ///< around them, as printed; at most 2,000 bytes on both sides
  /// Of `changed`: how the sentence read before; empty: it is new, or nothing of it was edited.
  std::string before;
  bool in_old_text = false;  ///< it stands in what was there before the edit
};

struct WatchHit {
  Transition transition = Transition::appeared;
  /// Of the terms that made it match, at most 50: in the new state, of `disappeared` in the old
  /// one.
  std::vector<Hit> hits;
  /// Words under NOT that made a watch stop matching (in the new state), or that had kept it from
  /// it (in the old one).
  std::vector<Hit> flipped;
};

}  // namespace tinwatch::watch
