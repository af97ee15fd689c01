#pragma once

#include "core/record.hpp"
#include "html/dom.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// The picture of an <img>: the address it is really loaded from (lazy loaders keep it in data-src,
/// data-original, srcset...), resolved against `url`. Nothing for icons, counters and placeholders.
[[nodiscard]] std::optional<Image> read_picture(const Dom& dom, Dom::Index img,
                                                const std::string& url);

struct CaptionParts {
  std::string caption;
  std::string credit;
};

/// "Text of the caption. Ảnh: Name" or "... (Photo: Agency)" in its two parts.
[[nodiscard]] CaptionParts split_credit(std::string_view caption);

}  // namespace tinwatch::parsers
