#pragma once

#include "core/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// Whether `of_word` holds of a word of a `class` or `id`, lower case: `post-meta`, `postMeta` and
/// `post_meta` are two words; a digit belongs to none.
template <class Of>
bool any_word(std::string_view name, Of of_word) {
  std::string word;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const char c = i < name.size() ? name[i] : ' ';
    const bool hump = i > 0 && is_ascii_upper(c) && is_ascii_lower(name[i - 1]);
    if (!is_ascii_letter(c) || hump) {
      if (!word.empty() && of_word(std::string_view(word))) return true;
      word.clear();
    }
    if (is_ascii_letter(c)) word += ascii_lower(c);
  }
  return false;
}

}  // namespace tinwatch::parsers
