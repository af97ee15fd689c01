#include "config_warnings.hpp"

#include "telemetry/log.hpp"

#include <filesystem>

namespace tinwatch::app {

void log_warnings(const config::Config& config) {
  for (const auto& warning : config.warnings) log::warning(warning);
  std::error_code unknown;
  const auto mode = std::filesystem::status(config.storage.path, unknown).permissions();
  if (!unknown && (mode & std::filesystem::perms::others_read) != std::filesystem::perms::none)
    log::warning("every user of this machine can read the database; chmod 0640",
                 {{"file", config.storage.path}});
}

}  // namespace tinwatch::app
