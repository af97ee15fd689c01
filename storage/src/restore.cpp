#include "copy_names.hpp"
#include "schema.hpp"
#include "sqlite.hpp"
#include "sqlite_copy.hpp"
#include "storage/backup.hpp"
#include "storage/error.hpp"
#include "whole_file.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tinwatch::storage {
namespace {

namespace fs = std::filesystem;

constexpr mode_t for_its_group = 0640;

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw Unusable(file + ": not restored, the database is as it was: " + why);
}

/// What would not be a backup, or not all of it.
void require_a_backup(const std::string& file, const std::string& database) {
  if (!fs::exists(file)) refuse(file, "there is no such file");
  if (!fs::is_regular_file(file)) refuse(file, "it is no file");
  std::error_code none;
  if (fs::equivalent(file, database, none)) refuse(file, "it is the database itself");
  if (size_of(file + "-wal") > 0)
    refuse(file,
           "a -wal stands beside it: it is a database that was or is in use; back that one up "
           "with 'tinwatch db backup'");
}

/// Empty: it was not written down.
std::string written_hash(const std::string& file) {
  std::string hash;
  std::ifstream(hash_file_of(file)) >> hash;
  return hash;
}

sqlite::Inspection examined(const std::string& copy, const std::string& file) {
  auto out = sqlite::inspect(copy);
  if (!out.faults.empty()) refuse(file, out.faults.front());
  if (out.schema > schema_version)
    refuse(file, "it is from a newer tinwatch (schema " + std::to_string(out.schema) +
                     ", this program knows " + std::to_string(schema_version) +
                     "); install that version first");
  return out;
}

/// Root's work belongs to whom `model` belongs: the database from before, or else its folder. Of a
/// link itself: in a folder of somebody else's, it may lead anywhere.
void give_to_owner_of(const std::string& model, const std::string& file) {
  struct stat known {};
  if (::stat(model.c_str(), &known) == 0 && ::lchown(file.c_str(), known.st_uid, known.st_gid) != 0)
    throw Unusable(model +
                   ": its owner cannot be given the file; run this as root or as that user");
}

constexpr int first_with_tokens = 14;

using Revoked = std::vector<std::pair<std::string, Instant>>;

/// Tokens that are revoked in a database of this schema; nothing: it is another one, or cannot be
/// read.
std::optional<Revoked> revoked_in(const std::string& database, int schema) {
  try {
    if (sqlite::schema_on_disk(database) != schema) return std::nullopt;
    sqlite::Connection db(database, sqlite::Access::query_only);
    auto query = db.prepare("SELECT id, revoked_at FROM tokens WHERE revoked_at IS NOT NULL");
    Revoked out;
    while (query.step()) out.emplace_back(query.text(0), query.instant(1));
    return out;
  } catch (const sqlite::Error&) {
    return std::nullopt;
  }
}

/// What SQLite may put beside it.
void remove_logs_of(const std::string& copy) {
  std::error_code none;
  for (const auto* log : {"-wal", "-shm", "-journal"}) fs::remove(copy + log, none);
}

/// Logs every browser out, and revokes what was revoked since the backup; how many those are.
std::int64_t close_doors(const std::string& copy, const Revoked& revoked, const std::string& file) {
  remove_logs_of(copy);  // of one that was killed here
  std::int64_t out = 0;
  try {
    {
      sqlite::Connection db(copy);
      db.execute("BEGIN IMMEDIATE");
      db.prepare("DELETE FROM sessions").run();
      auto revoke =
          db.prepare("UPDATE tokens SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL");
      for (const auto& [id, at] : revoked) out += revoke.bind(id, at).run();
      db.execute("COMMIT");
    }
    sqlite::settle(copy);
  } catch (const sqlite::Error& e) {
    refuse(file, e.what());
  }
  remove_logs_of(copy);
  return out;
}

/// Keeps the database under another name. Where the file system has links, one of the two is under
/// the old name at every moment.
std::string put_aside(const std::string& database, Instant now) {
  // What the log holds goes into the file, so that the file alone is all of it.
  sqlite::settle(database);
  auto aside = free_name(database + ".before-restore-", now, "");
  std::error_code failure;
  fs::create_hard_link(database, aside, failure);
  if (failure) fs::rename(database, aside);
  if (size_of(database + "-wal") > 0) fs::rename(database + "-wal", aside + "-wal");
  return aside;
}

}  // namespace

Restored restore(const std::string& named, const std::string& file, Instant now) {
  const auto database = fs::is_symlink(named) ? fs::canonical(named).string() : named;
  require_a_backup(file, database);
  const bool is_new = !fs::exists(database);
  if (const auto needed = size_of(file), there = room_for(database); there < needed)
    refuse(file, "there is no room for it: " + in_megabytes(needed) + " are needed, " +
                     in_megabytes(there) + " are free");
  PartialFile copy(database, for_its_group);
  const auto model = is_new ? fs::absolute(database).parent_path().string() : database;
  give_to_owner_of(model, copy.name());
  if (const auto lock = named + ".lock"; fs::exists(lock)) give_to_owner_of(model, lock);
  const auto hash = copy_into(copy, file);
  const auto known = written_hash(file);
  if (!known.empty() && known != hash)
    refuse(file, "it is not the file whose hash stands in " + hash_file_of(file));
  const auto inspection = examined(copy.name(), file);
  Restored out{.schema = inspection.schema,
               .next_schema = schema_version,
               .bytes = size_of(copy.name()),
               .is_hash_known = !known.empty()};
  if (out.schema >= first_with_tokens) {
    const auto revoked = is_new ? std::nullopt : revoked_in(database, out.schema);
    const auto closed = close_doors(copy.name(), revoked.value_or(Revoked()), file);
    if (revoked) out.revoked_since = closed;
  }
  if (!is_new) out.put_aside = put_aside(database, now);
  // Of the database from before: SQLite would take the log for the new one's, and destroy it.
  std::error_code none;
  for (const auto& old : {database + "-wal", database + "-shm", named + ".parsing"})
    fs::remove(old, none);
  copy.put_in_place();
  if (sqlite::schema_on_disk(database) != out.schema)
    throw Unusable(database + ": it was restored and cannot be read: 'tinwatch db check'");
  return out;
}

}  // namespace tinwatch::storage
