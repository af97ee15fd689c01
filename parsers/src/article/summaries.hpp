#pragma once

#include "article/content.hpp"
#include "page/boilerplate.hpp"
#include "page/page.hpp"

#include <cstddef>
#include <vector>

namespace tinwatch::parsers {

/// How much of a text tells what links lead to: a list prints a linked headline and a sentence or
/// two under it, again and again; an article speaks for itself.
struct Summaries {
  std::size_t paragraphs = 0;   ///< with prose, of the text
  std::size_t under_links = 0;  ///< those behind a headline that links to another page of the site

  [[nodiscard]] bool make_the_text() const;
};

[[nodiscard]] Summaries count_summaries(const Page& page, const CleanPage& clean,
                                        const std::vector<BodyBlock>& kept);

}  // namespace tinwatch::parsers
