#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <stdexcept>

namespace tinwatch {

/// CPU time that the calling thread has used so far: a busy machine does not move it.
[[nodiscard]] std::chrono::nanoseconds thread_cpu_time();

/// A piece of work cost more than it may. It ends where this is thrown, without a result.
class OverBudget : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What reading one input may cost: CPU time of the thread that reads it, looked at between the
/// stages of the work and within them after every 10,000 steps. It is the second net: what is read
/// costs as much as it is long, and this ends what does so all the same. Belongs to one thread.
class WorkBudget {
 public:
  using Time = std::chrono::nanoseconds;
  static constexpr std::size_t steps_a_look = 10'000;
  /// Ten megabytes of anything cost under one second; the rest is for slower machines.
  static constexpr Time longest = std::chrono::seconds{5};

  /// Made by the thread that does the work. `used` says what the thread has used so far.
  explicit WorkBudget(Time limit = longest, std::function<Time()> used = thread_cpu_time);

  /// Counts `steps`: a node, a word, some dozen bytes. Throws OverBudget.
  void step(std::size_t steps = 1) {
    if (steps < left_)
      left_ -= steps;
    else
      look();
  }
  /// Between two stages. Throws OverBudget.
  void look();

 private:
  Time limit_;
  std::function<Time()> used_;
  Time started_;
  std::size_t left_ = steps_a_look;
};

}  // namespace tinwatch
