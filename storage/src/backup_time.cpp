#include "reader_impl.hpp"
#include "storage/backup.hpp"
#include "transaction.hpp"

#include <charconv>

/// When the last backup was made. Milliseconds since 1970, as text.
namespace tinwatch::storage {
namespace {

constexpr auto upsert_time = R"sql(
  INSERT INTO meta (key, value) VALUES ('backup_at', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value
)sql";

void write(sqlite::Connection& db, Instant at) {
  db.use(upsert_time).bind(std::to_string(at.time_since_epoch().count())).run();
}

}  // namespace

std::optional<Instant> last_backup(const Reader& reader) {
  auto& query = reader.impl().db.use("SELECT value FROM meta WHERE key = 'backup_at'");
  if (!query.step()) return std::nullopt;
  const auto text = query.text(0);
  query.reset();
  std::int64_t milliseconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  return Instant(Duration(milliseconds));
}

bool note_backup(Transaction& transaction, Instant at) {
  write(transaction.db, at);
  return true;
}

void note_backup_in(const std::string& database, Instant at) {
  sqlite::Connection db(database);
  write(db, at);
}

}  // namespace tinwatch::storage
