#pragma once

#include "html/placeholders.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Limits that keep Gumbo linear: 20,000 nested <div> cost it over a second, 50,000 attributes on a
/// tag over twenty. Depth and attributes are those of Nokogiri's Gumbo (max_tree_depth).
inline constexpr std::size_t deepest_nesting = 400;
inline constexpr std::size_t most_attributes = 400;
inline constexpr std::size_t most_tags =
    100'000;  ///< start tags, and those Gumbo adds; a long page has 5,000
inline constexpr std::size_t most_formatting = 10;  ///< <b>, <i>... open at once
inline constexpr std::size_t longest_stack = 2 * deepest_nesting;
inline constexpr std::size_t most_markup = 5 * 1024 * 1024;  ///< bytes after pruning

/// A page without what no reader reads.
struct PrunedHtml {
  std::string html;
  Placeholders placeholders;         ///< what stands beside it
  std::vector<std::string> json_ld;  ///< bodies of <script type="application/ld+json">
  std::vector<std::string> state;    ///< bodies of other JSON scripts: what the page is drawn from
};

/// Drops script, style, comment, svg, math, iframe, xmp and template bodies, data: URIs and long
/// style attributes, and cuts what exceeds the limits above. One pass, linear, no recursion; it
/// cuts, it never refuses. Of a page that is not valid UTF-8, or whose text holds a character that
/// a placeholder could be, all stays in the HTML.
[[nodiscard]] PrunedHtml prune(std::string_view html, TextPlace place = TextPlace::aside);

}  // namespace tinwatch::parsers
