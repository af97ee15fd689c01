#pragma once

#include "config/config.hpp"

namespace tinwatch::app {

/// Logs what works in a configuration that comes into force, and is hardly meant so.
void log_warnings(const config::Config& config);

}  // namespace tinwatch::app
