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

void Volume::clock_was_set(Duration by) {
  if (first_ == Instant{}) return;
  first_ += by;
  last_ += by;
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

PageFields compared_fields(const ArticleRecord* before, const ArticleRecord& after) {
  PageFields out{.has = filled_fields(after)};
  if (before)
    out.expected = filled_fields(*before);
  else
    out.expected.fill(true);
  return out;
}

void FillRatio::note(const PageFields& page, Instant now) {
  pages_ += 1;
  for (std::size_t i = 0; i < field_count; ++i) {
    if (!page.expected[i] && !page.has[i]) continue;
    habits_[i].note(page.has[i], pages_);
    if (page.has[i]) last_filled_[i] = now;
  }
}

void FillRatio::clock_was_set(Duration by) {
  for (auto& last : last_filled_)
    if (last) *last += by;
}

void FillRatio::restore_drift(const std::vector<Field>& fields) {
  pages_ = std::max(pages_, Habit::enough);
  for (const auto field : fields) habits_[static_cast<std::size_t>(field)].restore_broken();
}

std::vector<Field> FillRatio::drifted() const {
  std::vector<Field> out;
  for (std::size_t i = 0; i < field_count; ++i)
    if (habits_[i].is_broken()) out.push_back(static_cast<Field>(i));
  return out;
}

}  // namespace tinwatch::monitor
