#pragma once

#include "core/types.hpp"
#include "storage/views.hpp"

#include <string>
#include <vector>

namespace tinwatch::app {

/// What the daemon knows of itself, besides its store.
struct Standing {
  bool is_started = false;
  std::string lost_file;     ///< what is wrong with the database's file; empty: nothing
  std::string store_fault;   ///< why the last write failed; empty: it did not
  std::string config_fault;  ///< why the configuration's file was not taken over; empty: it was
  Instant watching_since{};  ///< all that is watched now
  Instant now{};
  Duration longest_poll{};  ///< of all sources
};

/// Why it does not do all of its work, a line for people each; empty: it is ready. Pure.
[[nodiscard]] std::vector<std::string> why_not_ready(const Standing& standing,
                                                     const storage::Overview& overview);

}  // namespace tinwatch::app
