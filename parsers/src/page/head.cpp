#include "page/head.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::parsers {

Head::Head(const Dom& dom) {
  Dom::Index beside = 0;  // where the last box of other things ends
  for (Dom::Index i = 0; i < dom.size(); ++i) {
    switch (dom[i].tag) {
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_FOOTER:
      case GUMBO_TAG_LI: beside = std::max(beside, dom[i].end); break;
      case GUMBO_TAG_HTML: language = dom.attribute(i, "lang"); break;
      case GUMBO_TAG_TITLE:
        if (title.empty()) title = dom.text(i);
        break;
      case GUMBO_TAG_LINK:
        if (iequals(dom.attribute(i, "rel"), "canonical")) canonical = dom.attribute(i, "href");
        break;
      case GUMBO_TAG_META: {
        const auto content = squeeze(dom.attribute(i, "content"));
        if (content.empty()) break;
        for (const auto* attribute : {"property", "name", "itemprop"}) {
          // Microdata in a teaser is of another article.
          if (i < beside && attribute == std::string_view("itemprop")) continue;
          auto name = ascii_lower(dom.attribute(i, attribute));
          if (!name.empty()) meta.emplace(std::move(name), content);
        }
        break;
      }
      default: break;
    }
  }
}

std::string Head::first(std::initializer_list<std::string_view> names) const {
  for (const auto name : names)
    if (const auto found = meta.find(std::string(name)); found != meta.end()) return found->second;
  return {};
}

}  // namespace tinwatch::parsers
