#include "storage/database_lock.hpp"

#include <sys/file.h>
#include <utility>

namespace tinwatch::storage {

std::optional<DatabaseLock> DatabaseLock::try_acquire(const std::string& database) {
  FileDescriptor file(database + ".lock");
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return DatabaseLock(std::move(file));
}

}  // namespace tinwatch::storage
