#include "service_manager.hpp"

#include <ctime>
#include <systemd/sd-daemon.h>

namespace tinwatch::app::service_manager {

void ready() { sd_notify(0, "READY=1\nSTATUS=watching"); }

void reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto usec = static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
  sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(usec)).c_str());
}

void stopping() { sd_notify(0, "STOPPING=1\nSTATUS=stopping"); }
void status(const std::string& text) { sd_notify(0, ("STATUS=" + text).c_str()); }
void alive() { sd_notify(0, "WATCHDOG=1"); }

std::optional<Duration> watchdog_interval() {
  std::uint64_t usec = 0;
  if (sd_watchdog_enabled(0, &usec) <= 0) return std::nullopt;
  return std::chrono::duration_cast<Duration>(std::chrono::microseconds(usec)) / 3;
}

}  // namespace tinwatch::app::service_manager
