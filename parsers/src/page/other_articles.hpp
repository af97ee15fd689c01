#pragma once

#include "page/page.hpp"
#include "page/text_block.hpp"

#include <vector>

namespace tinwatch::parsers {

/// Boxes behind the article's text that hold the next article at length, as pages do that never
/// end: what opens the box is set like the headline, says something else, and leads to another
/// page of the site; or it stands in a box of the same kind as the headline's, behind a long text,
/// with a date of its own. None of them is `guarded`. `prose` sums the prose of `blocks`.
[[nodiscard]] std::vector<Dom::Index> find_other_articles(const Page& page,
                                                          const std::vector<TextBlock>& blocks,
                                                          const BlockSums& prose,
                                                          const std::vector<bool>& guarded);

}  // namespace tinwatch::parsers
