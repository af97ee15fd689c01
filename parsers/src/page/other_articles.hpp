#pragma once

#include "page/page.hpp"
#include "page/text_block.hpp"

#include <vector>

namespace tinwatch::parsers {

/// Boxes behind the article's text that hold the next article at length, as pages do that never
/// end: what opens the box is set like the headline, says something else, and leads to a page of
/// its own or stands in a box of the same kind as the headline's. `prose` sums the blocks' prose.
[[nodiscard]] std::vector<Dom::Index> find_other_articles(const Page& page, const BlockSums& prose);

}  // namespace tinwatch::parsers
