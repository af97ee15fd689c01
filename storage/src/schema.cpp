#include "schema.hpp"

#include "schema_steps.hpp"

namespace tinwatch::storage {
namespace {

static_assert(migrations.size() == schema_version);

int user_version(sqlite::Connection& db) {
  auto query = db.prepare("PRAGMA user_version");
  query.step();
  return static_cast<int>(query.integer(0));
}

}  // namespace

void migrate(sqlite::Connection& db, const std::string& path, int to) {
  const int found = user_version(db);
  if (found > schema_version)
    throw Unusable(path + ": the database is from a newer tinwatch (schema " +
                   std::to_string(found) + ", this program knows " +
                   std::to_string(schema_version) +
                   "); install that version, or restore a backup made before the upgrade");
  if (found >= to) return;
  db.execute("BEGIN IMMEDIATE");
  try {
    for (int step = found; step < to; ++step)
      db.execute(migrations[static_cast<std::size_t>(step)]);
    db.execute("PRAGMA user_version = " + std::to_string(to));
    db.execute("COMMIT");
  } catch (...) {
    db.execute("ROLLBACK");
    throw;
  }
}

}  // namespace tinwatch::storage
