#pragma once

#include "lists/address_signs.hpp"
#include "lists/link_place.hpp"
#include "parsers/listing.hpp"

namespace tinwatch::parsers {

/// A link of a page with all that is known of it before it is judged: an address, and the places
/// where it stands.
struct PageLink {
  Link link;
  AddressSigns address;
  bool profiled = false;  ///< its kind is told by the site's profile
  double words = 0;       ///< of its longest text
  std::size_t times = 0;  ///< how often it stands on the page, and of these...
  std::size_t menus = 0;
  std::size_t headings = 0;
  std::size_t sides = 0;
  bool picture = false;
  double around = 0;       ///< the most words that its items print beside its text
  std::uint64_t path = 0;  ///< where its longest text stands

  void add(const LinkPlace& place, double words_there);
};

/// Judges the links of one page together and sets their kinds, points and reasons.
void judge_links(std::vector<PageLink>& links, const AddressSigns& page,
                 const LearnedTemplates& learned);

}  // namespace tinwatch::parsers
