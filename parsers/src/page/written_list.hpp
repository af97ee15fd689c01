#pragma once

#include "html/dom.hpp"

namespace tinwatch::parsers {

/// A list to which nobody gave a class or an id, and whose links do not lead to articles: what
/// stands so among paragraphs was written with them. The boxes of a site carry names; links to its
/// articles spell their headlines in the address, or have a long number in it.
[[nodiscard]] bool is_written_list(const Dom& dom, Dom::Index list);

}  // namespace tinwatch::parsers
