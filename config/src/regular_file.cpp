#include "regular_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tinwatch::config {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a FIFO";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  return "not a regular file";
}

std::string reason() { return std::generic_category().message(errno); }

}  // namespace

FileResult<std::string> read_regular_file(const std::string& path, std::size_t largest) {
  // Looked at before it is opened, which some devices take for an order; and after, when it cannot
  // be exchanged any more. Without O_NONBLOCK the opening of a FIFO waits for a writer.
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return fail(path + ": " + reason());
  if (!S_ISREG(status.st_mode))
    return fail(path + ": is " + std::string(kind_of(status.st_mode)) + ", not a file");
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file.get() < 0) return fail(path + ": " + reason());
  if (::fstat(file.get(), &status) != 0) return fail(path + ": " + reason());
  if (!S_ISREG(status.st_mode))
    return fail(path + ": is " + std::string(kind_of(status.st_mode)) + ", not a file");
  std::string text;
  for (std::string room(64_KiB, '\0');;) {
    const auto got = ::read(file.get(), room.data(), room.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(path + ": " + reason());
    if (got == 0) return text;
    text.append(room, 0, static_cast<std::size_t>(got));
    if (text.size() > largest)
      return fail(path + ": is larger than " + std::to_string(largest / 1_MiB) + " MiB");
  }
}

std::vector<std::string> exposures(const std::string& path) {
  std::vector<std::string> out;
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode))
    out.push_back(path + " is a symbolic link: whoever may change the link chooses the secret");
  if (::stat(path.c_str(), &status) != 0) return out;
  if ((status.st_mode & S_IROTH) != 0)
    out.push_back(path + " can be read by every user of this machine; chmod 0640, or 0600");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    out.push_back(path + " can be written by others than its owner; chmod 0640, or 0600");
  return out;
}

}  // namespace tinwatch::config
