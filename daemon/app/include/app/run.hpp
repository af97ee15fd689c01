#pragma once

#include "config/config.hpp"

namespace tinwatch::app {

/// The daemon as a process: signals, the listener and the local socket, systemd's notifications and
/// watchdog. Returns when SIGTERM or SIGINT came and everything is committed; the exit status.
[[nodiscard]] int run(config::Config config);

}  // namespace tinwatch::app
