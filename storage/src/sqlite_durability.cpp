#include "sqlite_durability.hpp"

namespace tinwatch::storage {

void make_durable(sqlite::Connection& db) {
  db.execute("PRAGMA journal_mode = WAL");
  db.execute("PRAGMA synchronous = FULL");
  // What undoes one statement is kept in memory: where no file can be opened any more, for want of
  // a descriptor or of room for such files, writes go on.
  db.execute("PRAGMA temp_store = MEMORY");
}

}  // namespace tinwatch::storage
