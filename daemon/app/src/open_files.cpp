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
  std::size_t open = 0;
  for (fs::directory_iterator all("/proc/self/fd", refused); !refused && all != end(all);
       all.increment(refused))
    ++open;
  if (refused == std::errc::too_many_files_open ||
      refused == std::errc::too_many_files_open_in_system)
    return {.open = limit.rlim_cur, .most = limit.rlim_cur};
  // One of them is the folder's own. Where there is no /proc nobody knows.
  return {.open = open > 0 ? open - 1 : 0, .most = limit.rlim_cur};
}

}  // namespace tinwatch::app
