#include "core/daily_budget.hpp"

#include <algorithm>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

constexpr Duration day = 24h;
constexpr Duration tidied_every = 1h;

}  // namespace

int DailyBudget::left(const std::string& name, int most, Instant now) const {
  const auto found = days_.find(name);
  if (found == days_.end() || now - found->second.begun >= day) return most;
  return std::max(0, most - found->second.taken);
}

void DailyBudget::take(const std::string& name, int amount, Instant now) {
  if (now - tidied_ >= tidied_every) forget_over(now);
  auto& state = days_.try_emplace(name, Day{.begun = now}).first->second;
  if (now - state.begun >= day) state = {.begun = now};
  state.taken += amount;
}

Instant DailyBudget::renewed_at(const std::string& name, Instant now) const {
  const auto found = days_.find(name);
  return found == days_.end() ? now : std::max(now, found->second.begun + day);
}

void DailyBudget::forget_over(Instant now) {
  tidied_ = now;
  std::erase_if(days_, [&](const auto& entry) { return now - entry.second.begun >= day; });
}

}  // namespace tinwatch
