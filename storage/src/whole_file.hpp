#pragma once

#include "storage/file_descriptor.hpp"

#include <cstdint>
#include <string>
#include <sys/types.h>

/// Files that are there whole or not at all.
namespace tinwatch::storage {

/// A file that is being made, as PATH.partial; it goes with this unless it was put in place. One
/// process makes it at a time, and what a killed one left is written anew.
class PartialFile {
 public:
  /// With this mode, empty. Throws Unusable where it cannot be made, or is being made by another
  /// process.
  PartialFile(std::string path, mode_t mode);
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  /// Flushes it, has it take PATH's place, and flushes that. Throws Unusable.
  void put_in_place();

 private:
  std::string path_;
  std::string name_;
  FileDescriptor file_;
  bool is_in_place_ = false;
};

/// Removes PATH.partial, unless a process is making it.
void remove_left_over(const std::string& partial);

/// Throws Unusable.
void flush_folder_of(const std::string& path);
/// In bytes; 0: there is none.
[[nodiscard]] std::int64_t size_of(const std::string& path);
/// Bytes that an ordinary user may still write in the folder of `path`.
[[nodiscard]] std::int64_t room_for(const std::string& path);
/// `12.5 MB`, rounded up
[[nodiscard]] std::string in_megabytes(std::int64_t bytes);
/// SHA-256 of a file, in hexadecimal digits. Throws Unusable.
[[nodiscard]] std::string hash_of(const std::string& path);
/// Writes `from` to the end of `to`; its SHA-256. Throws Unusable.
std::string copy_into(PartialFile& to, const std::string& from);

}  // namespace tinwatch::storage
