#pragma once

#include "core/types.hpp"

#include <string>

/// What the copies of a database are called.
namespace tinwatch::storage {

/// `20260304T050607Z`
[[nodiscard]] std::string stamp(Instant at);
/// `before`, a stamp, `after`: of the first second from `at` on of which there is no such file.
[[nodiscard]] std::string free_name(const std::string& before, Instant at,
                                    const std::string& after);
/// A path without its last extension: /a/tinwatch of /a/tinwatch.db.
[[nodiscard]] std::string stem_of(const std::string& path);
/// Where a copy's hash is written down.
[[nodiscard]] std::string hash_file_of(const std::string& file);
/// The copy from before the schema was changed: /a/tinwatch.schema-13.db.
[[nodiscard]] std::string copy_of_schema(const std::string& database, int schema);
/// What whoever runs an older program than the database needs can do, for people.
[[nodiscard]] std::string way_back(const std::string& database);

}  // namespace tinwatch::storage
