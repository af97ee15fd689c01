#pragma once

#include "core/library_versions.hpp"

namespace tinwatch::fetchers {

/// libcurl, and what it was built on.
[[nodiscard]] LibraryVersions library_versions();

}  // namespace tinwatch::fetchers
