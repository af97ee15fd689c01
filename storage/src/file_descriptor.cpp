#include "storage/file_descriptor.hpp"

#include "storage/error.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tinwatch::storage {

FileDescriptor::FileDescriptor(const std::string& path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640)) {
  if (descriptor_ < 0)
    throw Unusable(path + ": cannot write here: " + std::generic_category().message(errno) +
                   "; give the directory to the user that runs tinwatch");
}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileDescriptor::~FileDescriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace tinwatch::storage
