#include "monitor/hour_count.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

using Minutes = std::chrono::minutes;

std::int32_t minute_of(Instant at) {
  return static_cast<std::int32_t>(std::chrono::floor<Minutes>(at.time_since_epoch()).count());
}

}  // namespace

void HourCount::note(Instant now, int requests) {
  const auto number = minute_of(now);
  auto& minute = minutes_[static_cast<std::size_t>(number) % minutes];
  if (minute.number != number) minute = {.number = number};
  minute.requests += requests;
}

int HourCount::count(Instant now) const {
  const auto last = minute_of(now);
  int out = 0;
  for (const auto& minute : minutes_)
    if (minute.number <= last && minute.number > last - static_cast<std::int32_t>(minutes))
      out += minute.requests;
  return out;
}

Instant HourCount::room_at(Instant now, int most) const {
  most = std::max(most, 1);
  auto at = now;
  for (std::size_t i = 0; i <= minutes; ++i) {
    if (count(at) < most) return at;
    at = std::chrono::floor<Minutes>(at) + Minutes{1};
  }
  return at;
}

}  // namespace tinwatch::monitor
