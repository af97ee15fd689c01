#pragma once

#include "sqlite.hpp"

namespace tinwatch::storage {

/// The schema's number, kept in PRAGMA user_version.
inline constexpr int schema_version = 14;

/// The schema that a database has; 0: none.
[[nodiscard]] int schema_of(sqlite::Connection& db);

/// Brings the database to this program's schema (to an earlier one for tests of the steps), all
/// steps in one transaction. Throws Unusable for a database from a newer version, which is left
/// untouched.
void migrate(sqlite::Connection& db, const std::string& path, int to = schema_version);

}  // namespace tinwatch::storage
