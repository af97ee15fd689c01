#pragma once

#include "telemetry/log.hpp"

#include <exception>

namespace tinwatch::app {

/// Of a task that is begun again.
inline void log_failure(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    log::error("a task failed; it will be tried again", {{"why", e.what()}});
  }
}

}  // namespace tinwatch::app
