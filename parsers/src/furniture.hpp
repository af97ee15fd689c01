#pragma once

#include "dom.hpp"

#include <vector>

namespace tinwatch::parsers {

/// Which nodes are furniture: navigation, comments, related boxes, share bars, forms. One flag a
/// node; a flagged node is out with all it holds. Told by element, by words in class and id, and by
/// the headings that open such boxes ("Bài viết tương tự", "Bình luận", "Related"): from such a
/// heading on, the rest of its parent is out. The page's headline and what holds it never is.
[[nodiscard]] std::vector<bool> mark_furniture(const Dom& dom, Dom::Index headline);

/// Whether the element holds teasers of other articles.
[[nodiscard]] bool is_related_box(const Dom& dom, Dom::Index at);

}  // namespace tinwatch::parsers
