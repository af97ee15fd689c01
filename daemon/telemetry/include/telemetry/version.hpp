#pragma once

#include <string_view>

namespace tinwatch::telemetry {

/// What this build is called: the release, and after a `+` the commit it was built from
/// (cmake/version.cmake). Debian's package of it has the same version.
[[nodiscard]] std::string_view version();

/// The release alone, such as "0.1.0": what strangers are told.
[[nodiscard]] std::string_view release();

/// The commit, 12 hex digits, with "-dirty" when files differed from it; "unknown" outside of git.
[[nodiscard]] std::string_view revision();

}  // namespace tinwatch::telemetry
