#pragma once

#include "core/types.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

/// What systemd is told (sd_notify(3)); nothing happens when nobody listens.
namespace tinwatch::app::service_manager {

void ready(const std::string& status);
void reloading();
void stopping();
void status(const std::string& text);
void alive();
/// How often `alive` must be said; nothing without a watchdog.
[[nodiscard]] std::optional<Duration> watchdog_interval();

/// A start that takes longer than the unit grants: for as long as the work is seen to get on, more
/// time is asked for.
class LongStart {
 public:
  /// `doing`: what takes so long, for people.
  explicit LongStart(std::string doing) : doing_(std::move(doing)) {}
  /// Costs little: most calls say nothing.
  void gets_on();

 private:
  std::string doing_;
  std::chrono::steady_clock::time_point asks_again_at_{};
};

}  // namespace tinwatch::app::service_manager
