#pragma once

#include "core/record.hpp"
#include "dom.hpp"

#include <string>
#include <vector>

namespace tinwatch::parsers {

/// The element that holds the article's text: the one whose paragraphs say most with fewest links
/// (the scoring of Readability). `Dom::none` when the page has no prose.
[[nodiscard]] Dom::Index find_content(const Dom& dom, const std::vector<bool>& skip,
                                      Dom::Index headline);

struct Content {
  std::vector<Block> body;
  std::vector<Image> image;
  std::vector<std::string> author;  ///< of the byline blocks
};

/// The blocks and pictures inside `content`, in document order. Picture URLs are resolved against
/// `url`.
[[nodiscard]] Content read_content(const Dom& dom, Dom::Index content,
                                   const std::vector<bool>& skip, const std::string& url);

/// Names in a byline: cleaned of "Tin, ảnh:", "Bài:", "By", split at commas and dashes.
[[nodiscard]] std::vector<std::string> read_authors(std::string_view byline);

}  // namespace tinwatch::parsers
