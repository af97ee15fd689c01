// A planted fault: storage/src/sqlite_durability.cpp without the flush at every commit. Linked
// before the library, it takes that file's place. The power-cut test must find it
// (tests/e2e/test_power_cut.py).
#include "sqlite_durability.hpp"

namespace tinwatch::storage {

void make_durable(sqlite::Connection& db) {
  db.execute("PRAGMA journal_mode = WAL");
  db.execute("PRAGMA synchronous = NORMAL");
}

}  // namespace tinwatch::storage
