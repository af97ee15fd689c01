#include "service_manager.hpp"

#include <ctime>
#include <systemd/sd-daemon.h>

namespace tinwatch::app::service_manager {
namespace {

using namespace std::chrono_literals;

// What is asked for is longer than anything that gets on unseen: a large file being flushed to a
// slow disk.
constexpr std::chrono::microseconds granted = 5min;
constexpr auto asks_every = 5s;

}  // namespace

void ready(const std::string& status) { sd_notify(0, ("READY=1\nSTATUS=" + status).c_str()); }

void reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto usec = static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
  sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(usec)).c_str());
}

void stopping() { sd_notify(0, "STOPPING=1\nSTATUS=stopping"); }
void status(const std::string& text) { sd_notify(0, ("STATUS=" + text).c_str()); }
void LongStart::gets_on() {
  const auto now = std::chrono::steady_clock::now();
  if (now < asks_again_at_) return;
  asks_again_at_ = now + asks_every;
  const auto usec = std::to_string(granted.count());
  sd_notify(0, ("EXTEND_TIMEOUT_USEC=" + usec + "\nSTATUS=" + doing_).c_str());
}

void alive() { sd_notify(0, "WATCHDOG=1"); }

std::optional<Duration> watchdog_interval() {
  std::uint64_t usec = 0;
  if (sd_watchdog_enabled(0, &usec) <= 0) return std::nullopt;
  return std::chrono::duration_cast<Duration>(std::chrono::microseconds(usec)) / 3;
}

}  // namespace tinwatch::app::service_manager
