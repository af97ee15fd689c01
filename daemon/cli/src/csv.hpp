#pragma once

#include <string>
#include <string_view>

namespace tinwatch::cli {

/// A cell as RFC 4180 writes it, quoted where it holds a separator, a quote or a line end, a lone
/// CR included. What a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`,
/// `@`, their full-width forms, TAB, CR or LF, gets a single quote in front (OWASP, "CSV
/// injection"). A negative number is none: `-12.5` stays.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace tinwatch::cli
