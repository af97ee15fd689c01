#pragma once

#include <string_view>

namespace tinwatch::monitor {

/// Whether two pages were built by the same template: they share at least half of the kinds of
/// elements that either has (an element's name with one of its classes, or with its id). Two
/// articles of a site share nearly all of them, whatever stands in them; costs as much as the pages
/// are long.
[[nodiscard]] bool have_same_template(std::string_view one, std::string_view other);

}  // namespace tinwatch::monitor
