#pragma once

#include "core/c_handle.hpp"
#include "core/types.hpp"
#include "storage/error.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::storage::sqlite {

/// A BLOB parameter; text is bound as TEXT.
struct Blob {
  std::string_view bytes;
};

/// A compiled statement: bind all parameters at once, then step through the rows.
class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql);

  template <class... Values>
  Statement& bind(const Values&... values) {
    sqlite3_reset(statement_.get());
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }

  /// Moves to the next row; false when there is none.
  bool step();
  /// For a statement that returns no row: how many it changed.
  int run();
  void reset() { sqlite3_reset(statement_.get()); }
  /// Of a statement that returns one row at most: its first column; nothing without a row.
  std::optional<std::int64_t> number();

  [[nodiscard]] bool is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
  }
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string blob(int column) const;
  [[nodiscard]] Instant instant(int column) const { return Instant(Duration(integer(column))); }
  [[nodiscard]] std::optional<Instant> maybe_instant(int column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
  }

 private:
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, int value) { bind_one(index, std::int64_t{value}); }
  void bind_one(int index, std::string_view value);
  void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, const char* value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, Blob value);
  void bind_one(int index, Instant value) { bind_one(index, value.time_since_epoch().count()); }
  void bind_one(int index, Duration value) { bind_one(index, std::int64_t{value.count()}); }
  template <class Tag>
  void bind_one(int index, Id<Tag> value) {
    bind_one(index, value.value());
  }
  template <class T>
  void bind_one(int index, const std::optional<T>& value) {
    if (value)
      bind_one(index, *value);
    else
      check(sqlite3_bind_null(statement_.get(), index));
  }
  void check(int code) const;

  CHandle<sqlite3_stmt, sqlite3_finalize> statement_;
};

/// How often a statement's watch is asked, in steps of SQLite's machine: some microseconds apart.
inline constexpr int steps_between_looks = 1000;

enum class Access { read_write, query_only };

/// One connection; used by one thread at a time (SQLITE_OPEN_NOMUTEX). Statements are compiled once
/// and kept.
class Connection {
 public:
  explicit Connection(const std::string& path, Access access = Access::read_write);

  /// The compiled statement for `sql`, reset. Valid until the next `use` of the same text; `sql`
  /// must be a constant, since every text is kept.
  Statement& use(const char* sql);
  /// A statement for once.
  [[nodiscard]] Statement prepare(std::string_view sql) { return Statement(db_.get(), sql); }
  void execute(const std::string& sql);
  /// Ends a statement with GivenUp as soon as `give_up` says so; it is asked every
  /// `steps_between_looks`, on the thread that runs the statement.
  void watch(std::function<bool()> give_up);
  /// Ends what runs now with GivenUp. Any thread.
  void interrupt();
  /// Whether the path leads to another file now, or to none: what is written is lost at the end.
  [[nodiscard]] bool has_lost_its_file() const;

 private:
  CHandle<sqlite3, sqlite3_close_v2> db_;
  std::map<const void*, Statement> statements_;  // destroyed before db_
  std::function<bool()> give_up_;                // sqlite3 holds its address
};

}  // namespace tinwatch::storage::sqlite
