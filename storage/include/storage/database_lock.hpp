#pragma once

#include <optional>
#include <string>

namespace tinwatch::storage {

/// The one writer's claim on a database: an advisory lock on PATH.lock that the system drops with
/// the process, however it ends.
class DatabaseLock {
 public:
  /// Nothing when another process holds it. Throws Unusable when the file cannot be made.
  static std::optional<DatabaseLock> try_acquire(const std::string& database);

  DatabaseLock(DatabaseLock&& other) noexcept;
  DatabaseLock& operator=(DatabaseLock&&) = delete;
  ~DatabaseLock();

 private:
  explicit DatabaseLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace tinwatch::storage
