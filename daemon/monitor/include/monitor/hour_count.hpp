#pragma once

#include "core/types.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace tinwatch::monitor {

/// How many requests left within the last hour, minute by minute: what is counted for longer than
/// an hour by up to a minute keeps any hour below a bound.
class HourCount {
 public:
  void note(Instant now, int requests = 1);
  /// Within the last hour.
  [[nodiscard]] int count(Instant now) const;
  /// The earliest time at which fewer than `most` (1 at least) will have left within the hour.
  [[nodiscard]] Instant room_at(Instant now, int most) const;

 private:
  static constexpr std::size_t minutes = 61;
  struct Minute {
    std::int32_t number = -1;  // since 1970; -1: none
    std::int32_t requests = 0;
  };
  std::array<Minute, minutes> minutes_{};  // each at its number modulo their number
};

}  // namespace tinwatch::monitor
