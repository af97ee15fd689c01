#pragma once

namespace tinwatch::monitor {

/// The ways in which a poll may end without reading the page, cheapest first. Their names are the
/// results in tinwatch_polls_total.
struct Shortcuts {
  bool not_modified = true;  ///< ask conditionally (RFC 9110 section 13)
  bool bytes_equal = true;   ///< the body came as it did last time
  bool region_equal = true;  ///< it differs only where it always does (monitor/page_region.hpp)
  friend bool operator==(const Shortcuts&, const Shortcuts&) = default;
};

/// Every so many polls of a page, no shortcut but equal bytes is taken.
inline constexpr int whole_read_every = 10;

}  // namespace tinwatch::monitor
