#include "private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tinwatch::storage {

void create_private(const std::string& path) {
  // O_EXCL: an existing database is not even opened, since closing it again would drop the locks
  // that SQLite holds on it in this process (https://sqlite.org/howtocorrupt.html, section 2.2).
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  if (file < 0) return;
  static_cast<void>(::fchmod(file, 0640) == 0);
  ::close(file);
}

}  // namespace tinwatch::storage
