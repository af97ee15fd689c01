#pragma once

#include "core/types.hpp"

#include <array>
#include <cstddef>

namespace tinwatch::monitor {

/// When a site publishes: the hours of its working days and of its weekends, learnt from its
/// articles. What is half a year old counts a quarter. Times are of one clock, whichever it is.
class Rhythm {
 public:
  /// An article came out.
  void note(Instant published);

  /// How busy the site is then, 1 on average; 1 throughout while little is known.
  [[nodiscard]] double weight(Instant at) const { return weights_[bin_of(at)]; }

 private:
  static constexpr std::size_t bins = 48;  // hours of a working day, then of a day off
  static std::size_t bin_of(Instant at);
  void forget(Instant now);

  std::array<double, bins> articles_{};
  std::array<double, bins> weights_ = [] {
    std::array<double, bins> out{};
    out.fill(1);
    return out;
  }();
  double total_ = 0;  // articles, those of long ago for less
  Instant last_{};
};

}  // namespace tinwatch::monitor
