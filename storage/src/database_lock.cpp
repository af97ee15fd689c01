#include "storage/database_lock.hpp"

#include "storage/error.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tinwatch::storage {

std::optional<DatabaseLock> DatabaseLock::try_acquire(const std::string& database) {
  const auto path = database + ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor < 0) {
    const auto why = std::generic_category().message(errno);
    throw Unusable(path + ": cannot write here: " + why +
                   "; give the directory to the user that runs tinwatch");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return std::nullopt;
  }
  return DatabaseLock(descriptor);
}

DatabaseLock::DatabaseLock(DatabaseLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DatabaseLock::~DatabaseLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace tinwatch::storage
