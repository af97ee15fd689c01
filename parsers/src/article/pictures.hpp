#pragma once

#include "core/record.hpp"
#include "page/boilerplate.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// A width or height in pixels: "40", "40px"; nothing for shares of a page ("100%").
[[nodiscard]] std::optional<int> pixels_of(std::string_view text);

/// Whether this element shows a picture: <img>, <amp-img>; not an icon, as far as it says its size.
[[nodiscard]] bool is_picture(const Dom& dom, Dom::Index at);

/// Whether its element, its name or the site's profile calls this a caption, and nothing inside of
/// it: what has a caption inside, or a picture, only holds it.
[[nodiscard]] bool is_named_caption(Page& page, const CleanPage& clean, Dom::Index at);

/// The picture of an <img> or <amp-img>: the address it is really loaded from (lazy loaders keep it
/// in data-src, data-original, srcset...), resolved against `url`. Nothing for icons, counters and
/// placeholders.
[[nodiscard]] std::optional<Image> read_picture(const Dom& dom, Dom::Index img,
                                                const std::string& url);

/// Whether the picture stands in a link to another page; one to a picture's file shows it larger.
[[nodiscard]] bool is_linked(const Dom& dom, Dom::Index img);

/// Whether the picture is linked to another site, and not to a larger copy of itself, or to an
/// article whose headline stands beside it: an advertisement, a teaser. `url` is the page's.
[[nodiscard]] bool leads_off_site(const Dom& dom, Dom::Index img, const std::string& url);

/// The last line of text in [from, to): of the last text node, behind its last line break.
[[nodiscard]] std::string last_line_in(const Dom& dom, Dom::Index from, Dom::Index to);

struct CaptionParts {
  std::string caption;
  std::string credit;
};

/// "Text of the caption. Ảnh: Name", "... (Photo: Agency)": who took the picture. In a caption set
/// in several lines the credit is taken off the last (`last_line`); one line stays as it is
/// printed.
[[nodiscard]] CaptionParts split_credit(std::string_view caption, std::string_view last_line);

}  // namespace tinwatch::parsers
