#include "schema.hpp"

#include "copy_names.hpp"
#include "schema_steps.hpp"
#include "sqlite_space.hpp"

namespace tinwatch::storage {
namespace {

static_assert(migrations.size() == schema_version);

}  // namespace

int schema_of(sqlite::Connection& db) {
  auto query = db.prepare("PRAGMA user_version");
  query.step();
  return static_cast<int>(query.integer(0));
}

void migrate(sqlite::Connection& db, const std::string& path, int to) {
  const int found = schema_of(db);
  if (found > schema_version)
    throw Unusable(path + ": the database is from a newer tinwatch (schema " +
                   std::to_string(found) + ", this program knows " +
                   std::to_string(schema_version) + "); " + way_back(path));
  if (found >= to) return;
  if (found == 0) sqlite::make_shrinkable(db);
  // A table that others refer to is made anew in one of the steps
  // (sqlite.org/lang_altertable.html).
  db.execute("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
  try {
    for (int step = found; step < to; ++step)
      db.execute(migrations[static_cast<std::size_t>(step)]);
    db.execute("PRAGMA user_version = " + std::to_string(to));
    db.execute("COMMIT; PRAGMA foreign_keys = ON");
  } catch (...) {
    db.execute("ROLLBACK");
    throw;
  }
}

}  // namespace tinwatch::storage
