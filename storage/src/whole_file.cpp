#include "whole_file.hpp"

#include "core/sha256.hpp"
#include "storage/error.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace tinwatch::storage {
namespace {

[[noreturn]] void fail_at(const std::string& path, const std::string& what) {
  throw Unusable(path + ": " + what + ": " + std::generic_category().message(errno));
}

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// Whether the name still leads to the file that is open.
bool is_still(const std::string& name, int descriptor) {
  struct stat named {};
  struct stat opened {};
  return ::lstat(name.c_str(), &named) == 0 && ::fstat(descriptor, &opened) == 0 &&
         named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

/// Opens and locks it. Whoever had it locked may have put it in place meanwhile: then it is not
/// this one any more.
FileDescriptor claim(const std::string& name) {
  for (;;) {
    if (std::filesystem::is_symlink(name))
      throw Unusable(name + ": is a symbolic link, which somebody else may have put there");
    FileDescriptor file(name);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
      throw Unusable(name + ": another tinwatch is writing it; wait until that has ended");
    if (is_still(name, file.get())) return file;
  }
}

/// Gives all of a file, piece by piece.
template <class Take>
void read_all(const std::string& path, Take take) {
  constexpr std::size_t piece = 1024 * 1024;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail_at(path, "cannot be read");
  try {
    std::vector<char> buffer(piece);
    for (;;) {
      const auto got = ::read(file, buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail_at(path, "cannot be read");
      if (got == 0) break;
      take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
    }
  } catch (...) {
    ::close(file);
    throw;
  }
  ::close(file);
}

}  // namespace

PartialFile::PartialFile(std::string path, mode_t mode)
    : path_(std::move(path)), name_(path_ + ".partial"), file_(claim(name_)) {
  if (::ftruncate(file_.get(), 0) != 0 || ::fchmod(file_.get(), mode) != 0)
    fail_at(name_, "cannot be written");
}

PartialFile::~PartialFile() {
  if (!is_in_place_) ::unlink(name_.c_str());
}

void PartialFile::put_in_place() {
  if (::fsync(file_.get()) != 0) fail_at(name_, "cannot be flushed to the disk");
  if (::rename(name_.c_str(), path_.c_str()) != 0) fail_at(path_, "cannot be put in place");
  is_in_place_ = true;
  flush_folder_of(path_);
}

void remove_left_over(const std::string& partial) {
  const int file = ::open(partial.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  if (::flock(file, LOCK_EX | LOCK_NB) == 0 && is_still(partial, file)) ::unlink(partial.c_str());
  ::close(file);
}

void flush_folder_of(const std::string& path) {
  const auto folder = folder_of(path);
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool is_flushed = opened >= 0 && ::fsync(opened) == 0;
  const int why = errno;
  if (opened >= 0) ::close(opened);
  errno = why;
  if (!is_flushed) fail_at(folder, "cannot be flushed to the disk");
}

std::int64_t size_of(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  return none ? 0 : static_cast<std::int64_t>(size);
}

std::int64_t room_for(const std::string& path) {
  const auto folder = folder_of(path);
  struct statvfs room {};
  if (::statvfs(folder.c_str(), &room) != 0) fail_at(folder, "cannot be looked at");
  return static_cast<std::int64_t>(room.f_bavail) * static_cast<std::int64_t>(room.f_frsize);
}

std::string in_megabytes(std::int64_t bytes) {
  constexpr std::int64_t tenth = 100'000;
  const auto tenths = (bytes + tenth - 1) / tenth;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

std::string hash_of(const std::string& path) {
  Sha256 hash;
  read_all(path, [&](std::string_view bytes) { hash.add(bytes); });
  return hash.hex();
}

std::string copy_into(PartialFile& to, const std::string& from) {
  Sha256 hash;
  read_all(from, [&](std::string_view bytes) {
    hash.add(bytes);
    while (!bytes.empty()) {
      const auto written = ::write(to.descriptor(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) fail_at(to.name(), "cannot be written");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  });
  return hash.hex();
}

}  // namespace tinwatch::storage
