#pragma once

#include "html/open_elements.hpp"

namespace tinwatch::parsers {

/// Tells which elements of phrasing content Gumbo need not see. Where text may stand, HTML's tree
/// construction opens and closes <a>, <span>, <em>... as it inserts a character, if nothing but
/// phrasing content stands inside (WHATWG HTML section 13.2.6.4.7): each makes the formatting
/// elements that are open be opened anew, and what formatting an element brings ends with it. Half
/// of a page's tags are of that kind.
class Phrasing {
 public:
  /// A tag that Gumbo is to see; in the order of the page.
  void note_start(GumboTag tag);
  void note_end(GumboTag tag);

  /// Whether this element, about to be opened inside of those that are open, may be kept from
  /// Gumbo with all it holds. Formatting elements must have no attributes, which are compared.
  [[nodiscard]] bool may_begin(const Name& name, const OpenElements& open) const;

 private:
  bool in_cell_ = false;  // of the innermost table; false also when it is not known
};

}  // namespace tinwatch::parsers
