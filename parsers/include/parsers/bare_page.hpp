#pragma once

#include "parsers/document.hpp"

namespace tinwatch::parsers {

/// Why a page shows a reader without scripts nothing to follow.
enum class Bareness {
  none,     ///< it shows text
  empty,    ///< no text, no script
  scripts,  ///< what it shows is written by its scripts
  refresh   ///< it sends a browser elsewhere: <meta http-equiv=refresh>
};

/// Pure; any thread. Linear, one look at the page.
[[nodiscard]] Bareness bareness_of(const Document& document);

}  // namespace tinwatch::parsers
