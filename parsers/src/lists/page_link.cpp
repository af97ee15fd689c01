#include "lists/page_link.hpp"

#include <algorithm>

namespace tinwatch::parsers {

void PageLink::add(const LinkPlace& place, double words_there) {
  ++times;
  menus += place.menu ? 1 : 0;
  headings += place.heading ? 1 : 0;
  sides += place.side ? 1 : 0;
  picture = picture || place.picture;
  around = std::max(around, place.around);
  // The longest text is the headline, and where it stands first is the place of headlines.
  if (path == 0 && words_there >= words) path = place.path;
}

}  // namespace tinwatch::parsers
