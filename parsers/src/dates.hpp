#pragma once

#include "core/record.hpp"

#include <optional>
#include <string_view>

namespace tinwatch::parsers {

/// The date printed somewhere in `text`: ISO 8601, RFC 822, or day before month as Vietnamese pages
/// print it, with the time before or after (`Thứ năm, 27/04/2023, 14:14 (GMT+7)`,
/// `17:25 12/02/2026`). A text without an offset takes `assumed`. 29/2/2023 or 25:10 are no dates.
[[nodiscard]] std::optional<PrintedDate> parse_date(std::string_view text,
                                                    std::chrono::minutes assumed);

}  // namespace tinwatch::parsers
