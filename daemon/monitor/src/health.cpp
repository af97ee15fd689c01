#include "monitor/health.hpp"

#include <algorithm>
#include <cmath>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr double memory_days = 14;
constexpr double fewest_articles = 20;  // before that, nobody knows what is usual

double days(Duration duration) {
  return std::chrono::duration<double, std::ratio<86400>>(duration).count();
}

}  // namespace

void Volume::note(Instant at) {
  if (first_ == Instant{}) first_ = last_ = at;
  recent_ *= std::exp(-std::max(0.0, days(at - last_)) / memory_days);
  recent_ += 1;
  last_ = std::max(last_, at);
}

double Volume::expected(Instant from, Instant to, const Rhythm& rhythm) const {
  const double known = days(last_ - first_);
  const double window = memory_days * (1 - std::exp(-known / memory_days));  // days that count
  if (recent_ < fewest_articles || window < 1 || to <= from) return 0;
  const double an_hour = recent_ / window / 24;
  constexpr Duration longest = 30 * 24h;
  double out = 0;
  for (auto at = std::max(from, to - longest); at < to; at += 1h)
    out += an_hour * rhythm.weight(at) * std::min(1.0, days(to - at) * 24);
  return out;
}

std::string_view label(Field field) {
  switch (field) {
    case Field::date: return "datePublished";
    case Field::author: return "author";
    case Field::section: return "articleSection";
    case Field::lead: return "description";
    case Field::body: return "body";
  }
  return "";
}

std::optional<Field> field_from(std::string_view name) {
  for (std::size_t i = 0; i < field_count; ++i)
    if (label(static_cast<Field>(i)) == name) return static_cast<Field>(i);
  return std::nullopt;
}

Filled filled_fields(const ArticleRecord& record) {
  return {record.date_published.has_value(), !record.author.empty(),
          !record.article_section.empty(), !record.description.empty(), !record.body.empty()};
}

std::vector<Field> lost_fields(const ArticleRecord& before, const ArticleRecord& after) {
  const auto had = filled_fields(before);
  const auto has = filled_fields(after);
  std::vector<Field> out;
  for (std::size_t i = 0; i < field_count; ++i)
    if (had[i] && !has[i]) out.push_back(static_cast<Field>(i));
  return out;
}

void FillRatio::note(const Filled& page, const Filled& expected, Instant now) {
  constexpr double usual = 0.6;
  constexpr double fallen_to = 0.5;  // of what is usual: fourteen pages without it, in a row
  constexpr double forgotten = 0.2;  // so seldom that nobody expects it any more
  pages_ += 1;
  // The first pages are averaged, later ones fade: a mean over 20 and one over 400.
  const double slow = std::max(1 / pages_, 1.0 / 400);
  const double fast = std::max(1 / pages_, 1.0 / 20);
  for (std::size_t i = 0; i < field_count; ++i) {
    if (!expected[i] && !page[i]) continue;
    auto& ratio = ratios_[i];
    const double value = page[i] ? 1 : 0;
    // What is usual must not be forgotten while it is missing: then it changes twenty times slower.
    ratio.norm += (ratio.fallen ? slow / 20 : slow) * (value - ratio.norm);
    ratio.recent += fast * (value - ratio.recent);
    if (page[i]) last_filled_[i] = now;
    const bool low = ratio.recent < fallen_to * ratio.norm;
    ratio.fallen =
        pages_ >= enough_pages && low && ratio.norm >= (ratio.fallen ? forgotten : usual);
  }
}

void FillRatio::restore_drift(const std::vector<Field>& fields) {
  pages_ = std::max(pages_, enough_pages);
  for (const auto field : fields)
    ratios_[static_cast<std::size_t>(field)] = {.norm = 1, .recent = 0, .fallen = true};
}

std::vector<Field> FillRatio::drifted() const {
  std::vector<Field> out;
  for (std::size_t i = 0; i < field_count; ++i)
    if (ratios_[i].fallen) out.push_back(static_cast<Field>(i));
  return out;
}

}  // namespace tinwatch::monitor
