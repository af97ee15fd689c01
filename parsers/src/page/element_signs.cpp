#include "page/element_signs.hpp"

#include "core/text.hpp"

#include <string>

namespace tinwatch::parsers {

using Index = Dom::Index;

bool is_hidden(const Dom& dom, Index at) {
  if (dom.attribute(at, "hidden").data() != nullptr || dom.attribute(at, "aria-hidden") == "true")
    return true;
  const auto style = dom.attribute(at, "style");
  if (style.empty()) return false;
  std::string plain = ascii_lower(style);
  std::erase(plain, ' ');
  return plain.find("display:none") != std::string::npos ||
         plain.find("visibility:hidden") != std::string::npos;
}

bool has_chrome_role(const Dom& dom, Index at) {
  const auto role = dom.attribute(at, "role");
  return role == "navigation" || role == "complementary" || role == "banner" ||
         role == "contentinfo" || role == "search" || role == "dialog";
}

bool is_declared_field(const Dom& dom, Index at) {
  const auto itemprop = dom.attribute(at, "itemprop");
  for (const auto* name :
       {"author", "datePublished", "dateModified", "headline", "keywords", "publisher", "caption"})
    if (itemprop == name) return true;
  return dom.attribute(at, "rel") == "author";
}

}  // namespace tinwatch::parsers
