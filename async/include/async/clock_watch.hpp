#pragma once

#include "async/clock.hpp"

namespace tinwatch {

/// Tells when somebody set the machine's clock: then it goes on by another time than passed.
class ClockWatch {
 public:
  explicit ClockWatch(const Clock& clock)
      : clock_(clock), wall_(clock.now()), steady_(clock.steady()) {}

  /// By how much the clock was set since the last look; nothing below two seconds, which is what
  /// NTP corrects bit by bit.
  [[nodiscard]] Duration jump() {
    const auto wall = clock_.now();
    const auto steady = clock_.steady();
    const auto by = (wall - wall_) - (steady - steady_);
    wall_ = wall;
    steady_ = steady;
    return by >= least || by <= -least ? by : Duration{0};
  }

 private:
  static constexpr Duration least = std::chrono::seconds{2};

  const Clock& clock_;
  Instant wall_;
  Duration steady_;
};

}  // namespace tinwatch
