#pragma once

#include "html/dom.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tinwatch::parsers {

/// One `<a>` of a page: its node, and which link it is (several may lead to one address).
struct Anchor {
  Dom::Index node = 0;
  std::size_t link = 0;
  double words = 0;  ///< of its text
};

/// Where one `<a>` stands.
struct LinkPlace {
  bool menu = false;       ///< inside a menu or the footer
  bool heading = false;    ///< in or around h1 to h6
  bool side = false;       ///< its names say that it is an author, a section, a count of comments
  bool picture = false;    ///< its item, all that leads nowhere else, shows a picture
  double around = 0;       ///< words of its item beside its own
  std::uint64_t path = 0;  ///< of its five innermost elements, by tag and first class
};

/// The places of all anchors, in their order. Linear in the page.
[[nodiscard]] std::vector<LinkPlace> places_of(const Dom& dom, const std::vector<Anchor>& anchors);

}  // namespace tinwatch::parsers
