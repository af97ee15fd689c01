#include "monitor/habit.hpp"

#include <algorithm>

namespace tinwatch::monitor {

void Habit::note(bool holds, double times) {
  constexpr double usual = 0.6;
  constexpr double fallen_to = 0.5;  // of what is usual: fourteen times without it, in a row
  constexpr double forgotten = 0.2;  // so seldom that nobody expects it any more
  // The first times are averaged, later ones fade: a mean over 20 and one over 400.
  const double slow = std::max(1 / times, 1.0 / 400);
  const double fast = std::max(1 / times, 1.0 / 20);
  const double value = holds ? 1 : 0;
  // What is usual must not be forgotten while it is missing: then it changes twenty times slower.
  norm_ += (broken_ ? slow / 20 : slow) * (value - norm_);
  recent_ += fast * (value - recent_);
  broken_ =
      times >= enough && recent_ < fallen_to * norm_ && norm_ >= (broken_ ? forgotten : usual);
}

void Habit::restore_broken() {
  norm_ = 1;
  recent_ = 0;
  broken_ = true;
}

}  // namespace tinwatch::monitor
