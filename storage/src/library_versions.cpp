#include "storage/library_versions.hpp"

#include "schema.hpp"

#include <sqlite3.h>

#include <zstd.h>

namespace tinwatch::storage {

LibraryVersions library_versions() {
  return {{"sqlite", sqlite3_libversion()}, {"zstd", ZSTD_versionString()}};
}

int newest_schema() { return schema_version; }

}  // namespace tinwatch::storage
