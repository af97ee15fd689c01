#include "sqlite_copy.hpp"

#include "schema.hpp"
#include "sqlite.hpp"

#include <filesystem>

namespace tinwatch::storage::sqlite {
namespace {

using Handle = CHandle<sqlite3, sqlite3_close_v2>;
using Copy = CHandle<sqlite3_backup, sqlite3_backup_finish>;

constexpr int pages_a_step = 1024;
constexpr int busy_timeout_ms = 5000;

void require(sqlite3* db, int code) {
  if (code != SQLITE_OK) throw Error(sqlite3_extended_errcode(db), sqlite3_errmsg(db));
}

Handle open(const std::string& name, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &raw,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Handle db(raw);
  require(raw, code);
  sqlite3_busy_timeout(raw, busy_timeout_ms);
  return db;
}

void execute(const Handle& db, const char* sql) {
  require(db.get(), sqlite3_exec(db.get(), sql, nullptr, nullptr, nullptr));
}

/// A file as SQLite names one that nobody changes: no lock is taken, and no log looked for.
std::string unchanging(const std::string& file) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const bool is_plain = c == '/' || c == '-' || c == '.' || c == '_' || (c >= '0' && c <= '9') ||
                          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (is_plain) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += digits[byte >> 4];
    uri += digits[byte & 0x0f];
  }
  return uri + "?immutable=1";
}

/// `gets_on` outlives the connection.
void watch(sqlite3* db, const Progress& gets_on) {
  if (!gets_on) return;
  const auto tell = [](void* told) -> int {
    (*static_cast<const Progress*>(told))();
    return 0;
  };
  // SQLite hands it back as it was.
  sqlite3_progress_handler(db, steps_between_looks, tell, const_cast<Progress*>(&gets_on));
}

std::int64_t number(sqlite3* db, const char* sql) {
  Statement query(db, sql);
  return query.number().value_or(0);
}

void look_through(sqlite3* db, const std::string& file, Inspection& out) {
  constexpr std::int64_t our_tables = 6;
  out.schema = static_cast<int>(number(db, "PRAGMA user_version"));
  const auto found = number(db, R"sql(
    SELECT count(*) FROM sqlite_master WHERE type = 'table'
      AND name IN ('meta', 'sources', 'articles', 'revisions', 'events', 'deliveries')
  )sql");
  if (out.schema < 1 || found != our_tables) {
    out.faults.emplace_back("it is no database of tinwatch's");
    return;
  }
  const auto bytes = number(db, "PRAGMA page_count") * number(db, "PRAGMA page_size");
  if (bytes > static_cast<std::int64_t>(std::filesystem::file_size(file)))
    out.faults.emplace_back("its end is missing");
  Statement check(db, "PRAGMA integrity_check(10)");
  while (check.step())
    if (check.text(0) != "ok") out.faults.push_back(check.text(0));
}

}  // namespace

void copy_database(const std::string& from, const std::string& to, const Progress& gets_on) {
  const auto source = open(from, SQLITE_OPEN_READWRITE);
  // As the readers do: only the writer writes, and brings the log into the file.
  execute(source, "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0");
  // One state from the first page to the last. Without a transaction every commit of the writer's
  // would begin the copy anew: beside a busy crawl it would never end.
  execute(source, "BEGIN; SELECT count(*) FROM sqlite_master");
  const auto target = open(to, SQLITE_OPEN_READWRITE);
  execute(target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  Copy copy(sqlite3_backup_init(target.get(), "main", source.get(), "main"));
  if (!copy) require(target.get(), sqlite3_extended_errcode(target.get()));
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(copy.get(), pages_a_step);
    if (gets_on) gets_on();
  }
  if (code != SQLITE_DONE) {
    const std::string why = sqlite3_errstr(code);
    throw Error(code, why);
  }
  require(target.get(), sqlite3_backup_finish(copy.release()));
  execute(source, "ROLLBACK");
}

Inspection inspect(const std::string& file, const Progress& gets_on) {
  Inspection out;
  try {
    const auto db = open(unchanging(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    execute(db, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    watch(db.get(), gets_on);
    look_through(db.get(), file, out);
  } catch (const Error& e) {
    if (!is_damage(e)) throw;
    out.faults.emplace_back(e.what());  // it cannot even be read to the end
  }
  return out;
}

void settle(const std::string& file) {
  try {
    Connection db(file);
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const Error&) {
    // It is damaged: what the log holds stays there.
  }
}

int schema_on_disk(const std::string& file) {
  std::error_code none;
  if (std::filesystem::file_size(file, none) == 0 || none) return 0;
  Connection db(file, Access::query_only);
  return schema_of(db);
}

}  // namespace tinwatch::storage::sqlite
