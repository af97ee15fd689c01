#pragma once

#include <string>

namespace tinwatch::storage {

/// A file beside the database, open for reading and writing until this goes.
class FileDescriptor {
 public:
  /// Opens PATH, or makes it. Throws Unusable.
  explicit FileDescriptor(const std::string& path);
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor();

  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace tinwatch::storage
