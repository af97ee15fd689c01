#pragma once

#include "page/boilerplate.hpp"

#include <string>
#include <vector>

namespace tinwatch::parsers {

/// The element that holds the article's text: every block votes for its ancestors, the nearest
/// most; ancestors that link much or belong to another article than the headline's count less; at
/// last the element is widened while what it gains is prose, for bodies split over siblings and
/// leads outside of them (docs/extraction.md, "Content"). `Dom::none` for a page without prose.
[[nodiscard]] Dom::Index find_content(Page& page, const CleanPage& clean);

/// Where the prose of `content` ends: what stands behind it is about other things.
[[nodiscard]] Dom::Index end_of_prose(const Dom& dom, const CleanPage& clean, Dom::Index content);

/// A block of the body.
struct BodyBlock {
  TextBlock block;
  std::string text;
  bool is_caption = false;  ///< by its place (captions.hpp)
};

/// The blocks of `content` that are the article's: without the headline printed again, date lines,
/// "Read more", credits, share lines and what trails behind the last paragraph.
[[nodiscard]] std::vector<BodyBlock> choose_blocks(const Page& page, const CleanPage& clean,
                                                   const std::vector<bool>& captions,
                                                   Dom::Index content);

}  // namespace tinwatch::parsers
