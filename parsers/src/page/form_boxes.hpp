#pragma once

#include "page/text_block.hpp"

#include <functional>
#include <vector>

namespace tinwatch::parsers {

class TagCount;

/// Boxes with a form and a line of text: they ask for an address, a vote or a search. ASP.NET's
/// form round the whole page is none; there a control says so. `stays` tells what must not go.
[[nodiscard]] std::vector<Dom::Index> find_form_boxes(const Dom& dom, Dom::Index body,
                                                      const BlockSums& chars,
                                                      const TagCount& paragraphs,
                                                      const std::function<bool(Dom::Index)>& stays);

}  // namespace tinwatch::parsers
