#pragma once

#include "core/types.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

/// Copies of the database, made while the daemon goes on, and the way back. All of it blocks, and
/// throws Unusable with one line for people: what is there already stays as it was.
namespace tinwatch::storage {

class Reader;
class Transaction;

/// Called every now and then while long work gets on, by whoever does it. Costs little, throws
/// nothing; empty: nobody wants to know.
using Progress = std::function<void()>;

/// A copy that was made, read through and put in place, with its hash in FILE.sha256 as sha256sum
/// writes it.
struct Backup {
  std::string file;
  int schema = 0;
  std::int64_t bytes = 0;
  std::string sha256;
};

/// What is copied, and where to.
struct BackupOrder {
  std::string database;
  std::string file;
  bool replace = false;  ///< else a file that is there already is an error
  Progress gets_on = {};
};

/// Copies the database, with all that was committed when it begins; whoever writes and reads it
/// goes on. The copy is its owner's alone (0600).
[[nodiscard]] Backup back_up(const BackupOrder& order);

/// Copies that follow each other in a directory.
struct Rotation {
  std::string directory;
  std::size_t keep = 24;  ///< as many, the newest; one at least
};

/// One more of them.
struct RotatedBackup {
  Backup made;
  std::size_t removed = 0;  ///< older ones
};

/// A copy named by its time, NAME-20260304T050607Z.db. Only then the oldest go that are too many,
/// and what a killed run left.
[[nodiscard]] RotatedBackup back_up_in_turn(const std::string& database, const Rotation& rotation,
                                            Instant now);
/// The newest such copy; empty: there is none.
[[nodiscard]] std::string newest_in(const std::string& directory, const std::string& database);

/// Before a database of an earlier version is moved to this one's schema: a copy beside it,
/// NAME.schema-13.db, in place of an earlier one. Nothing where there is nothing to move.
[[nodiscard]] std::optional<Backup> back_up_before_migration(const std::string& database,
                                                             const Progress& gets_on = {});
/// Moves a database that nobody has open to this program's schema. Nothing where it has it already;
/// else the schema that it had.
[[nodiscard]] std::optional<int> migrate_database(const std::string& database,
                                                  const Progress& gets_on = {});

/// A backup that is the database now.
struct Restored {
  int schema = 0;
  int next_schema = 0;  ///< of the next start; larger: it moves the database then
  std::int64_t bytes = 0;
  bool is_hash_known = false;  ///< the backup's was written down, and is the one that was read
  std::string put_aside;       ///< where the database from before is now; empty: there was none
  /// Tokens that were revoked since the backup, as they are now again; nothing: the database from
  /// before could not tell.
  std::optional<std::int64_t> revoked_since;
};

/// Puts a copy of the backup at `file` in the database's place, once that was read through; all
/// browsers are logged out. Nobody may have the database open. The one from before is kept beside
/// it, as NAME.before-restore-20260304T050607Z.
[[nodiscard]] Restored restore(const std::string& database, const std::string& file, Instant now);

/// When the last backup was made; nothing: none is known of.
[[nodiscard]] std::optional<Instant> last_backup(const Reader& reader);
/// Notes that one was made; always true. For Store::write.
bool note_backup(Transaction& transaction, Instant at);
/// The same in a database that nobody else has open.
void note_backup_in(const std::string& database, Instant at);

}  // namespace tinwatch::storage
