#pragma once

#include "storage/backup.hpp"

#include <string>
#include <vector>

/// Whole databases: copied while others write, and looked through. What is SQLite's own.
namespace tinwatch::storage::sqlite {

/// Copies the database at `from`, as it is when this begins and with all that its log holds then,
/// over the empty file at `to`, which is not flushed. Its writer and its readers go on; only its
/// log is not begun anew until this ends, and a long one costs each of its commits: neither a pause
/// nor a flush is worth the time. Throws Error.
void copy_database(const std::string& from, const std::string& to, const Progress& gets_on = {});

struct Inspection {
  int schema = 0;
  std::vector<std::string> faults;  ///< each a line; empty: it is sound, and one of ours
};

/// Reads all of a file that nobody writes to, and leaves nothing beside it.
[[nodiscard]] Inspection inspect(const std::string& file, const Progress& gets_on = {});

/// Brings what the log of a database holds into its file, if it can be done. Nobody may have the
/// database open.
void settle(const std::string& file);

/// The schema of a database; 0: there is none, or an empty one. Throws Error.
[[nodiscard]] int schema_on_disk(const std::string& file);

}  // namespace tinwatch::storage::sqlite
