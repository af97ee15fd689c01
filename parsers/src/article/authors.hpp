#pragma once

#include "article/body.hpp"
#include "article/json_ld.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

inline constexpr std::size_t most_name_words = 6;
inline constexpr std::size_t most_names = 50;       ///< of one byline
inline constexpr std::size_t longest_byline = 200;  ///< bytes

struct Authors {
  std::vector<std::string> names;
  std::string provenance;
};

/// Who wrote the article: as JSON-LD, microdata and meta declare it, else as a byline beside the
/// headline or under the text prints it (docs/extraction.md, "Authors").
[[nodiscard]] Authors find_authors(Page& page, const CleanPage& clean, const JsonLd& ld,
                                   const Body& body, Dom::Index content,
                                   std::string_view site_name);

/// Names in a byline: cleaned of "Tin, ảnh:", "By", roles, addresses and accounts, split at commas,
/// dashes, "and" and its like.
[[nodiscard]] std::vector<std::string> read_authors(std::string_view byline);

/// Puts declared names in the order in which the page prints them, those that it does not print
/// last: scripts list them in another order at every visit.
void order_as_printed(const CleanPage& clean, std::vector<std::string>& names);

/// Takes out what stands behind the text about those who wrote it: a paragraph among the last that
/// begins with the name of one.
void drop_portraits(const std::vector<std::string>& names, std::vector<Block>& blocks);

}  // namespace tinwatch::parsers
