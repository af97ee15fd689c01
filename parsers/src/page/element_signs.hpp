#pragma once

#include "html/dom.hpp"

/// What the attributes of an element say of it, its names apart (names.hpp).
namespace tinwatch::parsers {

[[nodiscard]] bool is_hidden(const Dom& dom, Dom::Index at);
/// Navigation, banner, search and the like, by role.
[[nodiscard]] bool has_chrome_role(const Dom& dom, Dom::Index at);
/// A field of the record in microdata: author, date, caption.
[[nodiscard]] bool is_declared_field(const Dom& dom, Dom::Index at);

}  // namespace tinwatch::parsers
