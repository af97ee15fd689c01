#pragma once

#include <cstddef>

namespace tinwatch::app {

/// What the process has open, and may have.
struct OpenFiles {
  std::size_t open = 0;
  std::size_t most = 0;
};

/// As it is now; where not even that can be looked up for want of one, all are in use.
[[nodiscard]] OpenFiles open_files();

}  // namespace tinwatch::app
