#include "sqlite_durability.hpp"

namespace tinwatch::storage {

void make_durable(sqlite::Connection& db) {
  db.execute("PRAGMA journal_mode = WAL");
  db.execute("PRAGMA synchronous = FULL");
}

}  // namespace tinwatch::storage
