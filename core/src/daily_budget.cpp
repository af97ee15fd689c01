#include "core/daily_budget.hpp"

#include <algorithm>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

constexpr Duration day = 24h;
constexpr Duration tidied_every = 1h;

/// A day that lies ahead was begun by a clock that was wrong.
bool is_over(Instant begun, Instant now) { return now - begun >= day || begun > now; }

}  // namespace

int DailyBudget::left(const std::string& name, int most, Instant now) const {
  const auto found = days_.find(name);
  if (found == days_.end() || is_over(found->second.begun, now)) return most;
  return std::max(0, most - found->second.taken);
}

void DailyBudget::take(const std::string& name, int amount, Instant now) {
  if (is_over(tidied_, now) || now - tidied_ >= tidied_every) forget_over(now);
  auto& state = days_.try_emplace(name, Day{.begun = now}).first->second;
  if (is_over(state.begun, now)) state = {.begun = now};
  state.taken += amount;
}

Instant DailyBudget::renewed_at(const std::string& name, Instant now) const {
  const auto found = days_.find(name);
  const bool has_day = found != days_.end() && !is_over(found->second.begun, now);
  return has_day ? found->second.begun + day : now;
}

void DailyBudget::forget_over(Instant now) {
  tidied_ = now;
  std::erase_if(days_, [&](const auto& entry) { return is_over(entry.second.begun, now); });
}

}  // namespace tinwatch
