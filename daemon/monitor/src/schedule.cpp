#include "monitor/schedule.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

}  // namespace

Duration next_list_wait(Duration last, bool something_new, const Interval& interval) {
  const Duration wanted = something_new ? last / 2 : last + last / 2;
  return std::clamp(wanted, interval.min, interval.max);
}

Duration next_article_wait(Duration age, std::optional<Duration> fixed) {
  if (fixed) return *fixed;
  constexpr std::array<std::pair<Duration, Duration>, 5> tiers = {
      {{3h, 15min}, {24h, 30min}, {7 * 24h, 2h}, {30 * 24h, 24h}, {180 * 24h, 7 * 24h}}};
  for (const auto& [younger_than, wait] : tiers)
    if (age < younger_than) return wait;
  return 30 * 24h;
}

}  // namespace tinwatch::monitor
