#include "monitor/revisit.hpp"

#include "check_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;
using Hours = std::chrono::duration<double, std::ratio<3600>>;

constexpr double quiet = 0.6;     // of the site's average: hours in which lists are looked at less
constexpr double youngest = 0.3;  // hours
constexpr double oldest = 180 * 24;  // hours
constexpr double alikeness = 0.5;
constexpr double floor_reached = 1e-4;  // price
constexpr double longest_planned = 48;  // hours
constexpr double highest_floor = 7;     // hours

double hours(Duration duration) { return Hours(duration).count(); }

Duration from_hours(double value) { return std::chrono::duration_cast<Duration>(Hours(value)); }

/// The share of an article's edits that come until that age (hours). Edits come with one over the
/// age: as many between one hour and two as between one day and two, which is what the published
/// delays amount to without their fitted shape.
double share_until(double age) {
  return std::min(1.0, std::log1p(age / youngest) / std::log1p(oldest / youngest));
}

/// Edits an hour at that age, for an article that is edited once in its life.
double rate_at(double age) { return 1 / ((age + youngest) * std::log1p(oldest / youngest)); }

/// How much more an article is edited than its site's usual one: the mean of a gamma distribution
/// after what was seen. Most articles are never edited, few are ten times; the smaller its shape
/// (`alikeness`), the more an article's own edits say.
double nature_of(const EditHistory& article, double edits_an_article, double age) {
  return (alikeness + article.edits) / (alikeness + edits_an_article * share_until(age));
}

/// What an article of that age is worth when requests cost nothing.
Duration tier(Duration age) {
  constexpr std::array<std::pair<Duration, Duration>, 5> tiers = {
      {{3h, 15min}, {24h, 30min}, {7 * 24h, 2h}, {30 * 24h, 24h}, {180 * 24h, 7 * 24h}}};
  for (const auto& [younger_than, wait] : tiers)
    if (age < younger_than) return wait;
  return 30 * 24h;
}

}  // namespace

double edits_an_article(double articles, double edits) {
  constexpr double known = 50;
  constexpr double usual = 0.6;
  return (edits + known * usual) / (articles + known);
}

Duration next_list_wait(Instant now, const Rhythm& rhythm, double share, double price,
                        const Interval& interval) {
  const double busy = rhythm.weight(now);
  const double stretch = busy < quiet ? std::pow(quiet / busy, 1.5) : 1;
  return std::clamp(from_hours(price * stretch / share), interval.min, interval.max);
}

Duration next_article_wait(Instant now, const EditHistory& article, double edits_an_article,
                           const Rhythm& rhythm, double price) {
  const auto age = std::max<Duration>(now - article.published, 0ms);
  const auto wanted = tier(age);
  if (age < 3h) return wanted;
  const double nature = nature_of(article, edits_an_article, hours(age));
  const double own = hours(wanted) / std::clamp(std::sqrt(nature), 0.5, 4.0);
  // First everybody waits longer, in the end a working day; then checks are made where and when
  // they pay.
  const double young = std::pow(std::min(1.0, hours(age) / 240), 1.0 / 32);
  const double wait = std::max(own, highest_floor * young * std::min(1.0, price / floor_reached));
  const double cut = price - floor_reached;
  const double longest = hours(std::clamp<Duration>(std::max(age, wanted), 12h, 30 * 24h));
  const double rate = edits_an_article * nature * rate_at(hours(age));
  const bool pays = rate > cut;
  if (cut <= 0 || (pays && wait > longest_planned)) return from_hours(std::min(wait, longest));
  const auto check = first_paying_check(now, rhythm, {rate, wait, cut * wait});
  return from_hours(check.value_or(longest));
}

void Price::note_request(Instant at) {
  constexpr double memory = 24;  // hours: a day and its night
  constexpr auto pause = 15min;
  if (last_ == Instant{}) {
    last_ = corrected_ = at;
    made_ = allowed_ * memory;  // until a day is over, it is taken to have been as allowed
  }
  made_ = made_ * std::exp(-std::max(0.0, hours(at - last_)) / memory) + 1;
  last_ = at;
  if (at - corrected_ < pause) return;
  const double over = made_ / (allowed_ * memory);
  price_ = std::clamp(price_ * std::pow(over, 2 * hours(at - corrected_) / (memory / 2)), 1e-6,
                      highest_);
  corrected_ = at;
}

}  // namespace tinwatch::monitor
