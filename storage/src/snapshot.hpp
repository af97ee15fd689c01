#pragma once

#include "sqlite.hpp"

namespace tinwatch::storage {

/// What is read while it lives is of one moment.
class Snapshot {
 public:
  explicit Snapshot(sqlite::Connection& db) : db_(db) { db_.use("BEGIN").run(); }
  ~Snapshot() {
    try {
      db_.use("ROLLBACK").run();
    } catch (const sqlite::Error&) {
      // SQLite already rolled back by itself (I/O error, out of memory).
    }
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  sqlite::Connection& db_;
};

}  // namespace tinwatch::storage
