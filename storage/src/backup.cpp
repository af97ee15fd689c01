#include "storage/backup.hpp"

#include "copy_names.hpp"
#include "schema.hpp"
#include "sqlite_copy.hpp"
#include "sqlite_durability.hpp"
#include "storage/error.hpp"
#include "whole_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

namespace tinwatch::storage {
namespace {

namespace fs = std::filesystem;

constexpr mode_t for_its_owner = 0600;

/// As `sha256sum -c` reads it.
void write_hash(const Backup& backup) {
  const auto name = hash_file_of(backup.file);
  PartialFile out(name, for_its_owner);
  const auto line = backup.sha256 + "  " + fs::path(backup.file).filename().string() + "\n";
  std::ofstream(out.name()) << line;
  if (size_of(out.name()) != static_cast<std::int64_t>(line.size()))
    throw Unusable(name + ": cannot be written");
  out.put_in_place();
}

void require_room(const std::string& database, const std::string& file) {
  const auto needed = size_of(database) + size_of(database + "-wal");
  const auto there = room_for(file);
  if (there < needed)
    throw Unusable(file + ": there is no room for it: up to " + in_megabytes(needed) +
                   " are needed, " + in_megabytes(there) + " are free");
}

/// The copy, read through.
Backup examined(const PartialFile& copy, const std::string& database, const Progress& gets_on) {
  auto inspection = sqlite::inspect(copy.name(), gets_on);
  if (!inspection.faults.empty())
    throw Damaged(database, "its copy has faults (whether it has them too: 'tinwatch db check'): " +
                                inspection.faults.front());
  return {
      .schema = inspection.schema, .bytes = size_of(copy.name()), .sha256 = hash_of(copy.name())};
}

/// Whether it is one of those that follow each other: NAME-20260304T050607Z.db.
bool is_of_the_row(const std::string& file, const std::string& name) {
  constexpr std::string_view pattern = "-00000000T000000Z.db";
  if (file.size() != name.size() + pattern.size() || !file.starts_with(name)) return false;
  const auto rest = std::string_view(file).substr(name.size());
  return std::equal(rest.begin(), rest.end(), pattern.begin(),
                    [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; });
}

std::string name_of(const std::string& database) {
  return fs::path(stem_of(database)).filename().string();
}

/// The copies of a directory, oldest first.
std::vector<std::string> row_in(const std::string& directory, const std::string& database) {
  std::vector<std::string> out;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(directory, none))
    if (is_of_the_row(entry.path().filename().string(), name_of(database)))
      out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

/// Without its ending, if it has that one.
std::string_view without(std::string_view ending, std::string_view file) {
  return file.ends_with(ending) ? file.substr(0, file.size() - ending.size()) : file;
}

void remove_left_overs(const std::string& directory, const std::string& database) {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(directory, none)) {
    const auto file = entry.path().filename().string();
    const auto whole = without(".partial", file);
    if (whole != file && is_of_the_row(std::string(without(".sha256", whole)), name_of(database)))
      found.push_back(entry.path().string());
  }
  for (const auto& partial : found) remove_left_over(partial);
}

}  // namespace

Backup back_up(const BackupOrder& order) {
  const auto& [database, file, replace, gets_on] = order;
  if (!fs::exists(database))
    throw Unusable(database + ": there is no database yet; it is made by the first 'tinwatch run'");
  std::error_code none;
  if (fs::equivalent(database, file, none))
    throw Unusable(file + ": this is the database itself; name another file");
  if (!replace && fs::exists(fs::symlink_status(file)))
    throw Unusable(file + ": there is such a file already; --force takes its place");
  require_room(database, file);
  PartialFile copy(file, for_its_owner);
  try {
    sqlite::copy_database(database, copy.name(), gets_on);
  } catch (const sqlite::Error& e) {
    if (is_damage(e)) throw Damaged(database, e.what());
    throw Unusable(file + ": the backup could not be made: " + e.what());
  }
  auto made = examined(copy, database, gets_on);
  made.file = file;
  if (made.schema > schema_version)
    throw Unusable(database + ": the database is from a newer tinwatch (schema " +
                   std::to_string(made.schema) + "); back it up with that one");
  // A hash that is not the file's would have it refused: none is better, should this be killed.
  fs::remove(hash_file_of(file), none);
  copy.put_in_place();
  write_hash(made);
  return made;
}

RotatedBackup back_up_in_turn(const std::string& database, const Rotation& rotation, Instant now) {
  if (!fs::is_directory(rotation.directory))
    throw Unusable(rotation.directory +
                   ": there is no such directory; make it for the user that "
                   "backs up");
  remove_left_overs(rotation.directory, database);
  const auto begin = (fs::path(rotation.directory) / (name_of(database) + "-")).string();
  RotatedBackup out{.made = back_up({.database = database, .file = free_name(begin, now, ".db")})};
  auto kept = row_in(rotation.directory, database);
  // The clock may have been ahead: the new one is none of the old ones, whatever its name says.
  std::erase(kept, out.made.file);
  const auto others = std::max<std::size_t>(rotation.keep, 1) - 1;
  for (std::size_t i = 0; i + others < kept.size(); ++i) {
    std::error_code none;
    if (fs::remove(kept[i], none)) ++out.removed;
    fs::remove(hash_file_of(kept[i]), none);
  }
  return out;
}

std::string newest_in(const std::string& directory, const std::string& database) {
  const auto row = row_in(directory, database);
  return row.empty() ? std::string() : row.back();
}

std::optional<Backup> back_up_before_migration(const std::string& database,
                                               const Progress& gets_on) {
  try {
    const int schema = sqlite::schema_on_disk(database);
    if (schema == 0 || schema >= schema_version) return std::nullopt;
    return back_up({.database = database,
                    .file = copy_of_schema(database, schema),
                    .replace = true,
                    .gets_on = gets_on});
  } catch (const Damaged&) {
    throw;
  } catch (const Unusable& why) {
    throw Unusable(database +
                   ": the database is to be moved to this version's schema, and a copy is "
                   "made first, which failed: " +
                   why.what() +
                   "; mend that, or go without: 'tinwatch db migrate --without-backup'");
  } catch (const sqlite::Error& e) {
    if (is_damage(e)) throw Damaged(database, e.what());
    throw Unusable(database + ": cannot open the database: " + e.what());
  }
}

std::optional<int> migrate_database(const std::string& database, const Progress& gets_on) {
  try {
    const int schema = sqlite::schema_on_disk(database);
    if (schema == 0)
      throw Unusable(database +
                     ": there is no database yet; it is made by the first 'tinwatch run'");
    sqlite::Connection db(database);
    if (gets_on)
      db.watch([&gets_on] {
        gets_on();
        return false;
      });
    migrate(db, database);
    make_durable(db);
    if (schema == schema_version) return std::nullopt;
    return schema;
  } catch (const sqlite::Error& e) {
    if (is_damage(e)) throw Damaged(database, e.what());
    throw Unusable(database + ": the database was not moved and is as it was: " + e.what());
  }
}

}  // namespace tinwatch::storage
