#pragma once

#include <string_view>

namespace tinwatch::parsers {

/// Whether a line opens as corrections do. A single word needs a mark behind it: "Correction:" is
/// one, "Corrections officers" are none.
[[nodiscard]] bool opens_correction(std::string_view line);

}  // namespace tinwatch::parsers
