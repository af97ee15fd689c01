#pragma once

#include "core/types.hpp"
#include "open_files.hpp"
#include "storage/views.hpp"

#include <string>
#include <vector>

namespace tinwatch::app {

/// What the daemon knows of itself and its store.
struct Standing {
  bool is_started = false;
  std::string unreadable;    ///< why the store does not answer; empty: it does
  std::string lost_file;     ///< what is wrong with the database's file; empty: nothing
  std::string store_fault;   ///< why the last write failed; empty: it did not
  std::string config_fault;  ///< why the configuration's file was not taken over; empty: it was
  Instant watching_since{};  ///< all that is watched now
  Instant now{};
  Duration longest_poll{};  ///< of all sources
  OpenFiles files;
  storage::Overview overview;
};

/// Why it does not do all of its work, a line for people each, the worst first; empty: it is ready.
/// Pure.
[[nodiscard]] std::vector<std::string> why_not_ready(const Standing& standing);

/// One line for who looks at the unit: the worst trouble, or what is watched. Pure.
[[nodiscard]] std::string status_line(const Standing& standing);

}  // namespace tinwatch::app
