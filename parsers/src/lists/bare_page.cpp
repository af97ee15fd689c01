#include "parsers/bare_page.hpp"

#include "core/text.hpp"
#include "html/dom.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

// Bytes of text that a page must show to be a page: a menu alone has more, a loading notice less.
constexpr std::size_t least_text = 200;

/// Sends a browser to an address; `content="300"` alone loads the same page again.
bool leads_away(const Dom& dom, Dom::Index at) {
  return dom[at].tag == GUMBO_TAG_META && iequals(dom.attribute(at, "http-equiv"), "refresh") &&
         ascii_lower(dom.attribute(at, "content")).find("url=") != std::string::npos;
}

/// Whether a script is written, wherever it stands: scripts are not in the tree.
bool has_script(std::string_view html) { return contains_in_any_case(html, "<script"); }

}  // namespace

Bareness bareness_of(const Document& document) {
  const HtmlTree tree(document.html);
  const Dom dom(tree);
  std::size_t shown = 0;
  bool refreshed = false;
  for (Dom::Index i = 0; i < dom.size() && shown < least_text;) {
    const auto tag = dom[i].tag;
    refreshed = refreshed || leads_away(dom, i);
    // What stands in <noscript> tells a reader that there is nothing to read.
    if (tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TITLE) {
      i = dom[i].end;
      continue;
    }
    if (dom[i].is_text) shown += trim(dom[i].text).size();
    ++i;
  }
  if (shown >= least_text) return Bareness::none;
  if (refreshed) return Bareness::refresh;
  return has_script(document.html) ? Bareness::scripts : Bareness::empty;
}

}  // namespace tinwatch::parsers
