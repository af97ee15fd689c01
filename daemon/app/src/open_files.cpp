#include "open_files.hpp"

#include <filesystem>
#include <iterator>
#include <sys/resource.h>

namespace tinwatch::app {

OpenFiles open_files() {
  namespace fs = std::filesystem;
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  std::error_code refused;
  const fs::directory_iterator all("/proc/self/fd", refused);
  // One of them is the folder's own.
  const auto open =
      refused ? limit.rlim_cur : static_cast<std::size_t>(std::distance(begin(all), end(all))) - 1;
  return {.open = open, .most = limit.rlim_cur};
}

}  // namespace tinwatch::app
