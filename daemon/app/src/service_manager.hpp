#pragma once

#include "core/types.hpp"

#include <optional>
#include <string>

/// What systemd is told (sd_notify(3)); nothing happens when nobody listens.
namespace tinwatch::app::service_manager {

void ready();
void reloading();
void stopping();
void status(const std::string& text);
void alive();
/// How often `alive` must be said; nothing without a watchdog.
[[nodiscard]] std::optional<Duration> watchdog_interval();

}  // namespace tinwatch::app::service_manager
