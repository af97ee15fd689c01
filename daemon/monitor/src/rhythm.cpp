#include "monitor/rhythm.hpp"

#include <cmath>

namespace tinwatch::monitor {
namespace {

constexpr double half_life_days = 90;
/// Articles that an hour is believed to have like any other, before its own are counted.
constexpr double prior = 4;
constexpr double hours_in_week = 168;

double days_between(Instant from, Instant to) {
  return std::chrono::duration<double, std::ratio<86400>>(to - from).count();
}

/// Of one bin in a week: five working days, two days off.
double hours_of(std::size_t bin) { return bin < 24 ? 5 : 2; }

}  // namespace

std::size_t Rhythm::bin_of(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto hour = std::chrono::floor<std::chrono::hours>(at - day).count();
  const auto weekday = std::chrono::weekday(day).iso_encoding();
  return static_cast<std::size_t>(hour) + (weekday >= 6 ? 24 : 0);
}

void Rhythm::forget(Instant now) {
  if (last_ == Instant{}) last_ = now;
  if (now <= last_) return;
  const double passed = days_between(last_, now);
  const double kept = std::exp2(-passed / half_life_days);
  for (auto& one : articles_) one *= kept;
  total_ *= kept;
  last_ = now;
}

void Rhythm::note(Instant published) {
  forget(published);
  articles_[bin_of(published)] += 1;
  total_ += 1;
  for (std::size_t i = 0; i < bins; ++i) {
    const double even = total_ * hours_of(i) / hours_in_week;
    weights_[i] = (articles_[i] + prior) / (even + prior);
  }
}

}  // namespace tinwatch::monitor
