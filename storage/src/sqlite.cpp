#include "sqlite.hpp"

namespace tinwatch::storage::sqlite {
namespace {

constexpr int busy_timeout_ms = 5000;

[[noreturn]] void raise(int code, const std::string& what) {
  if (code == SQLITE_INTERRUPT) throw GivenUp(code, "the question took too long and was given up");
  throw Error(code, what);
}

void require_ok(sqlite3* db, int code) {
  if (code != SQLITE_OK) raise(sqlite3_extended_errcode(db), sqlite3_errmsg(db));
}

}  // namespace

Connection::Connection(const std::string& path, Access access) {
  sqlite3* raw = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  db_.reset(raw);  // sqlite hands out a connection to close even when it fails
  require_ok(raw, code);
  sqlite3_busy_timeout(raw, busy_timeout_ms);
  execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
  // Only the writer checkpoints: two connections doing so at once meet SQLite 3.40's WAL-reset bug.
  if (access == Access::query_only)
    execute("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0");
}

Statement& Connection::use(const char* sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) found = statements_.try_emplace(sql, db_.get(), sql).first;
  found->second.reset();
  return found->second;
}

void Connection::execute(const std::string& sql) {
  require_ok(db_.get(), sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

void Connection::watch(std::function<bool()> give_up) {
  give_up_ = std::move(give_up);
  const auto ask = [](void* asked) -> int {
    return (*static_cast<std::function<bool()>*>(asked))() ? 1 : 0;
  };
  sqlite3_progress_handler(db_.get(), steps_between_looks, ask, &give_up_);
}

bool Connection::has_lost_its_file() const {
  int moved = 0;
  require_ok(db_.get(), sqlite3_file_control(db_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved));
  return moved != 0;
}

void Connection::interrupt() { sqlite3_interrupt(db_.get()); }

Statement::Statement(sqlite3* db, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  statement_.reset(raw);
  require_ok(db, code);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_.get());  // a read statement left open would hold its snapshot
    return false;
  }
  auto* const db = sqlite3_db_handle(statement_.get());
  const int extended = sqlite3_extended_errcode(db);
  const std::string what = sqlite3_errmsg(db);
  sqlite3_reset(statement_.get());
  raise(extended, what);
}

int Statement::run() {
  while (step()) {
  }
  return sqlite3_changes(sqlite3_db_handle(statement_.get()));
}

std::optional<std::int64_t> Statement::number() {
  if (!step()) return std::nullopt;
  const auto out = integer(0);
  reset();
  return out;
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (!data) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string Statement::blob(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (!data) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Statement::bind_one(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), index, value));
}

void Statement::bind_one(int index, std::string_view value) {
  // A null pointer would bind NULL, not the empty text.
  const char* data = value.data() ? value.data() : "";
  check(sqlite3_bind_text64(statement_.get(), index, data, value.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8));
}

void Statement::bind_one(int index, Blob value) {
  const char* data = value.bytes.data() ? value.bytes.data() : "";
  check(sqlite3_bind_blob64(statement_.get(), index, data, value.bytes.size(), SQLITE_TRANSIENT));
}

void Statement::check(int code) const { require_ok(sqlite3_db_handle(statement_.get()), code); }

}  // namespace tinwatch::storage::sqlite

namespace tinwatch::storage {

bool is_damage(const sqlite::Error& error) {
  const int primary = error.code() & 0xff;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

}  // namespace tinwatch::storage
