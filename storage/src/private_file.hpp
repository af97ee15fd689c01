#pragma once

#include <string>

namespace tinwatch::storage {

/// Makes an empty file at `path`, which its owner may write and its group read (0640), whatever the
/// umask, unless there is one: SQLite itself would let everybody read it. Its -wal and -shm get the
/// same mode from SQLite. A file that is there keeps the mode that somebody gave it. Failure is
/// left to SQLite, which reports it.
void create_private(const std::string& path);

}  // namespace tinwatch::storage
