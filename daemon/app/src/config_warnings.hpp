#pragma once

#include "config/config.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::app {

/// Logs what works in a configuration that comes into force, and is hardly meant so.
void log_warnings(const config::Config& config);
/// Logs the receivers that are not in it and have deliveries waiting, with how many.
void log_left_out(const config::Config& config,
                  const std::vector<std::pair<std::string, std::int64_t>>& waiting);
/// What is told of a database whose file is no longer where the configuration says.
[[nodiscard]] std::string lost_file(const config::Config& config);

}  // namespace tinwatch::app
