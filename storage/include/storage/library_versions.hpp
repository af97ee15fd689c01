#pragma once

#include "core/library_versions.hpp"

namespace tinwatch::storage {

/// SQLite and zstd.
[[nodiscard]] LibraryVersions library_versions();

/// The number of the schema that a running daemon's database has.
[[nodiscard]] int newest_schema();

}  // namespace tinwatch::storage
