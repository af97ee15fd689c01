#pragma once

#include "article/content.hpp"
#include "core/record.hpp"

#include <string>
#include <vector>

namespace tinwatch::parsers {

/// What stands in an article, typed.
struct Body {
  std::vector<Block> blocks;
  std::vector<Image> image;
  std::vector<std::string> bylines;  ///< as printed
  std::string deck;                  ///< a second headline printed under the first
};

/// Types the chosen blocks, puts captions, bylines and the lead in their places, and pairs captions
/// with pictures. `captions` marks those of `clean.blocks` (captions.hpp). Picture URLs are
/// resolved against the page's.
[[nodiscard]] Body read_body(Page& page, const CleanPage& clean, Dom::Index content,
                             const std::vector<BodyBlock>& kept, const std::vector<bool>& captions);

}  // namespace tinwatch::parsers
