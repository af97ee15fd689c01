// Notes what SQL the tests beside it prepare, for tests/storage/test_portable_sql.py: whatever the
// store says to its database, in the words in which SQLite keeps it compiled.
#include "schema.hpp"
#include "sqlite.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <string>

namespace {

class Statements {
 public:
  void add(const char* sql) {
    if (!sql) return;
    const std::lock_guard lock(mutex_);
    texts_.insert(sql);
  }
  /// NUL after each.
  void write(const std::string& file) {
    const std::lock_guard lock(mutex_);
    std::ofstream out(file, std::ios::binary);
    for (const auto& text : texts_) out << text << '\0';
    if (!out.flush()) ADD_FAILURE() << file << " cannot be written";
  }

 private:
  std::mutex mutex_;
  std::set<std::string> texts_;  // guarded by mutex_
};

Statements& statements() {
  static Statements all;
  return all;
}

int note(unsigned, void*, void* statement, void*) {
  statements().add(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
  return 0;
}

/// SQLite calls it for every connection that is opened.
int watch(sqlite3* db, char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, &note, nullptr);
}

class NotedStatements : public testing::Environment {
 public:
  explicit NotedStatements(std::string file) : file_(std::move(file)) {
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
  }
  void TearDown() override { statements().write(file_); }

 private:
  std::string file_;
};

[[maybe_unused]] const auto* const registered = [] {
  const char* file = std::getenv("TINWATCH_STATEMENTS");  // NOLINT(concurrency-mt-unsafe)
  return file ? testing::AddGlobalTestEnvironment(new NotedStatements(file)) : nullptr;
}();

// A new database, of an earlier schema if wanted, for whoever wants to look at its schema.
TEST(KeptDatabase, IsMadeWhereItIsAskedFor) {
  const char* file = std::getenv("TINWATCH_KEPT_DATABASE");  // NOLINT(concurrency-mt-unsafe)
  if (!file) GTEST_SKIP() << "nobody asks";
  const char* schema = std::getenv("TINWATCH_KEPT_SCHEMA");  // NOLINT(concurrency-mt-unsafe)
  const int to = schema ? std::stoi(schema) : tinwatch::storage::schema_version;
  tinwatch::storage::sqlite::Connection db(file);
  tinwatch::storage::migrate(db, file, to);
  EXPECT_EQ(tinwatch::storage::schema_of(db), to);
}

}  // namespace
