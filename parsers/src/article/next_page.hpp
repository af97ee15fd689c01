#pragma once

#include "page/page.hpp"

#include <string>

namespace tinwatch::parsers {

/// The address of the page behind this one, where an article is set over several: the target of
/// `rel=next`, of "2" or of "Trang sau" whose address is the article's own with the next number.
/// What follows in a list or in its comments, and another article, have other addresses. Empty:
/// there is none.
[[nodiscard]] std::string find_next_page(Page& page);

}  // namespace tinwatch::parsers
