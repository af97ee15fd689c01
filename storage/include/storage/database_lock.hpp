#pragma once

#include "storage/file_descriptor.hpp"

#include <optional>
#include <string>
#include <utility>

namespace tinwatch::storage {

/// The one writer's claim on a database: an advisory lock on PATH.lock that the system drops with
/// the process, however it ends.
class DatabaseLock {
 public:
  /// Nothing when another process holds it. Throws Unusable when the file cannot be made.
  static std::optional<DatabaseLock> try_acquire(const std::string& database);

 private:
  explicit DatabaseLock(FileDescriptor file) : file_(std::move(file)) {}
  FileDescriptor file_;
};

}  // namespace tinwatch::storage
