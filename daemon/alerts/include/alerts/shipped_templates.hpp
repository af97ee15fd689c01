#pragma once

#include <string_view>

namespace tinwatch::alerts {

/// One of daemon/alerts/templates, which are part of the program; empty: there is none of that
/// name.
[[nodiscard]] std::string_view shipped_template(std::string_view name);

}  // namespace tinwatch::alerts
