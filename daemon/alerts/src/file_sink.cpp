#include "alerts/file_sink.hpp"

#include "descriptor.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tinwatch::alerts {
namespace {

std::string why(const std::string& path) {
  return path + ": " + std::generic_category().message(errno);
}

/// Empty: the line is on the disk.
std::string append_line(int file, const std::string& path, std::string line) {
  struct stat now {};
  if (::fstat(file, &now) != 0) return why(path);
  if (!S_ISREG(now.st_mode)) return path + ": is no file";
  char last = '\n';
  // A power cut may have left part of a line.
  if (now.st_size > 0 && ::pread(file, &last, 1, now.st_size - 1) == 1 && last != '\n')
    line.insert(0, 1, '\n');
  std::size_t done = 0;
  while (done < line.size()) {
    const auto written = ::write(file, line.data() + done, line.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      auto problem = why(path);
      if (done > 0 && ::ftruncate(file, now.st_size) != 0) problem += ", and part of a line stays";
      return problem;
    }
    done += static_cast<std::size_t>(written);
  }
  return ::fdatasync(file) == 0 ? std::string() : why(path);
}

/// Empty, or what went wrong.
std::string append(std::string path, std::string line) {
  // Not blocking: a FIFO that nobody reads would hold the thread.
  const Descriptor file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK,
                               S_IRUSR | S_IWUSR | S_IRGRP));
  return file.get() < 0 ? why(path) : append_line(file.get(), path, std::move(line));
}

}  // namespace

Task<DeliveryResult> FileSink::deliver(Message message) {
  auto line = std::move(message.body);
  line += '\n';
  const auto problem = co_await run_on(thread_.get_executor(), &append, path_, std::move(line));
  if (problem.empty()) co_return true;
  co_return fail(DeliveryError{Failure::retry, problem, std::nullopt});
}

}  // namespace tinwatch::alerts
