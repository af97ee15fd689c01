#pragma once

#include "html/dom.hpp"

#include <string>
#include <string_view>

/// Where a link of a page leads, beside the page's own address. `url` is the page's; where it is
/// empty, what is written in the link decides.
namespace tinwatch::parsers {

/// Whether the link leads to another page of the same site: by its path, so that entries of a live
/// page (`?post=33`), its parts (`#part`) and scripts are none.
[[nodiscard]] bool leads_to_another_page(const Dom& dom, Dom::Index link, const std::string& url);

/// Whether the link leads to the page itself, whatever stands behind its path, or to a page that
/// has its number or its words in the address: its gallery, its print.
[[nodiscard]] bool leads_to_this_article(const Dom& dom, Dom::Index link, const std::string& url);

/// Whether an address is that of a picture's file.
[[nodiscard]] bool is_picture_address(std::string_view url);

}  // namespace tinwatch::parsers
