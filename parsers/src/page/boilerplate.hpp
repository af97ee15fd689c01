#pragma once

#include "page/page.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::parsers {

/// Why a node is no running text. A node inside another one shares the stronger reason.
enum class Drop : std::uint8_t {
  kept,
  byline,  ///< who wrote it
  media,   ///< a figure or a caption: not body text, but the article's
  chrome   ///< furniture
};

/// A page without its furniture: navigation, teasers, comments, share bars, captions, forms.
struct CleanPage {
  Skip skip;                         ///< what is out, whatever the reason
  std::vector<Drop> why;             ///< one a node
  std::vector<TextBlock> blocks;     ///< what is left
  std::vector<TextBlock> all;        ///< what a reader sees, furniture included
  std::vector<std::string> texts;    ///< of `all`
  std::vector<Dom::Index> captions;  ///< told by the profile or by their box; in document order
};

/// Tells furniture by element, by role, by the words of class and id, by repetition (rows of teaser
/// cards) and by the headings that open such boxes. Nothing goes that holds a good share of the
/// page's prose or its headline, so that a lying name costs a paragraph at most and not the article
/// (docs/extraction.md, "Furniture").
///
/// `known` are elements that the site's profile names.
[[nodiscard]] CleanPage drop_boilerplate(
    Page& page, const std::vector<std::pair<Dom::Index, Drop>>& known = {});

}  // namespace tinwatch::parsers
