#pragma once

#include "core/record.hpp"

#include <cstddef>
#include <string>

namespace tinwatch::parsers {

/// What is kept of a record. No article has a megabyte of text; what is longer is there to fill
/// disks and memories: every text is stored, indexed, compared and sent many times over.
inline constexpr std::size_t most_text = 1024 * 1024;  ///< bytes of all body blocks together
inline constexpr std::size_t most_blocks = 20'000;
inline constexpr std::size_t longest_field = 16 * 1024;  ///< bytes of every other text
inline constexpr std::size_t most_values = 1000;         ///< of a list of texts

/// Cuts one of the record's other texts, before more is made of it.
void clip_field(std::string& text, ArticleRecord& record);

/// Cuts the body where it exceeds `most_text` or `most_blocks`, in the order of its blocks, and the
/// other texts where they exceed theirs, each between two characters; marks the record where
/// anything went. The same page is cut at the same place.
void clip_text(ArticleRecord& record);

}  // namespace tinwatch::parsers
