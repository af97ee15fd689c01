#include "check_plan.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

namespace tinwatch::monitor {

std::optional<double> first_paying_check(Instant now, const Rhythm& rhythm,
                                         const CheckWorth& worth) {
  constexpr double horizon = 96;  // hours: a weekend, seen from the Friday before it
  constexpr std::size_t reach = 8;
  using Hours = std::chrono::duration<double, std::ratio<3600>>;
  const double step = worth.reach / reach;
  const auto steps = static_cast<std::size_t>(horizon / step);
  // Edits expected from now until each step.
  std::vector<double> until(steps + 1, 0.0);
  for (std::size_t i = 0; i < steps; ++i) {
    const auto middle =
        std::chrono::duration_cast<Duration>(Hours((static_cast<double>(i) + 0.5) * step));
    until[i + 1] = until[i] + worth.rate * step * rhythm.weight(now + middle);
  }
  // What the best plan brings after a check at each step, and its next check; 0: none.
  std::vector<double> best(steps + 1, 0.0);
  std::size_t first = 0;
  for (std::size_t at = steps; at-- > 0;) {
    first = 0;
    for (auto next = at + reach; next <= steps; ++next) {
      const double brought = until[next] - until[next - reach] - worth.cost + best[next];
      if (brought <= best[at]) continue;
      best[at] = brought;
      first = next - at;
    }
  }
  if (first == 0) return std::nullopt;
  return static_cast<double>(first) * step;
}

}  // namespace tinwatch::monitor
