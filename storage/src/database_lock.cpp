#include "storage/database_lock.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace tinwatch::storage {
namespace {

/// Root's new one belongs to whom the database belongs, or else its folder: the daemon that runs as
/// that user could not open it otherwise. Where that may not be, it stays root's.
void make_for_its_owner(const std::string& lock, const std::string& database) {
  struct stat owner {};
  const auto folder = std::filesystem::absolute(lock).parent_path().string();
  if (::stat(database.c_str(), &owner) != 0 && ::stat(folder.c_str(), &owner) != 0) return;
  // New, and no link: in a folder of somebody else's, anything else could be given away.
  const int made = ::open(lock.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  if (made < 0) return;  // it is there; or cannot be, which is said by whoever opens it
  static_cast<void>(::fchown(made, owner.st_uid, owner.st_gid) == 0);
  ::close(made);
}

}  // namespace

std::optional<DatabaseLock> DatabaseLock::try_acquire(const std::string& database) {
  const auto lock = database + ".lock";
  if (::geteuid() == 0) make_for_its_owner(lock, database);
  FileDescriptor file(lock);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return DatabaseLock(std::move(file));
}

}  // namespace tinwatch::storage
