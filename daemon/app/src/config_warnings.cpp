#include "config_warnings.hpp"

#include "telemetry/log.hpp"

#include <algorithm>
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

void log_left_out(const config::Config& config,
                  const std::vector<std::pair<std::string, std::int64_t>>& waiting) {
  for (const auto& [name, count] : waiting) {
    const auto has_the_name = [&name = name](const auto& one) { return one.name == name; };
    if (std::any_of(config.receivers.begin(), config.receivers.end(), has_the_name)) continue;
    log::warning("deliveries wait for a receiver that is not in the configuration",
                 {{"receiver", name}, {"waiting", std::to_string(count)}});
  }
}

std::string lost_file(const config::Config& config) {
  return config.storage.path +
         ": the database was moved, replaced or deleted; put it back and restart, or all that is "
         "stored from then on is lost";
}

}  // namespace tinwatch::app
