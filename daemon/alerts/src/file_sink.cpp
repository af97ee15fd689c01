#include "alerts/file_sink.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tinwatch::alerts {
namespace {

std::string why(const std::string& path) {
  return path + ": " + std::generic_category().message(errno);
}

/// Empty: the line is on the disk.
std::string append_line(int file, std::string_view line) {
  struct stat now {};
  if (::fstat(file, &now) != 0) return std::generic_category().message(errno);
  if (!S_ISREG(now.st_mode)) return "is no file";
  std::string whole;
  char last = '\n';
  // A power cut may have left part of a line.
  if (now.st_size > 0 && ::pread(file, &last, 1, now.st_size - 1) == 1 && last != '\n')
    whole = '\n';
  whole += line;
  line = whole;
  std::size_t done = 0;
  while (done < line.size()) {
    const auto written = ::write(file, line.data() + done, line.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      auto problem = std::generic_category().message(errno);
      if (done > 0 && ::ftruncate(file, now.st_size) != 0)
        return problem + ", and part of a line stays";
      return problem;
    }
    done += static_cast<std::size_t>(written);
  }
  return ::fdatasync(file) == 0 ? std::string() : std::generic_category().message(errno);
}

/// Empty, or what went wrong.
std::string append(std::string path, std::string line) {
  // Not blocking: a FIFO that nobody reads would hold the thread.
  const int file = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK,
                          S_IRUSR | S_IWUSR | S_IRGRP);
  if (file < 0) return why(path);
  auto problem = append_line(file, line);
  ::close(file);
  return problem.empty() ? problem : path + ": " + problem;
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
