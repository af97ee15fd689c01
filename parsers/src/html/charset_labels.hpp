#pragma once

#include <string_view>

namespace tinwatch::parsers {

/// The name under which ICU (iconv: ISO-8859-16) knows what a label, in lower case, means on the
/// web (WHATWG Encoding section 4.2): often a larger charset than the one that once had the name.
/// A label that the web does not know stays.
[[nodiscard]] std::string_view converter_for(std::string_view label);

}  // namespace tinwatch::parsers
