#include "core/work_budget.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <string>

namespace tinwatch {
namespace {

std::string in_seconds(WorkBudget::Time time) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%.3g", std::chrono::duration<double>(time).count());
  return out.data();
}

}  // namespace

std::chrono::nanoseconds thread_cpu_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

WorkBudget::WorkBudget(Time limit, std::function<Time()> used)
    : limit_(limit), used_(std::move(used)), started_(used_()) {}

void WorkBudget::look() {
  left_ = steps_a_look;
  if (used_() - started_ <= limit_) return;
  throw OverBudget("reading it takes more than " + in_seconds(limit_) + " s of CPU time");
}

}  // namespace tinwatch
