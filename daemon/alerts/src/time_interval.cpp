#include "alerts/time_interval.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

namespace tinwatch::alerts {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> month_names{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

constexpr int minutes_a_day = 24 * 60;

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// By its name, counted from `from`, or as a number.
std::optional<int> named(std::string_view text, std::span<const std::string_view> names, int from) {
  const auto word = ascii_lower(text);
  const auto found = std::find(names.begin(), names.end(), word);
  if (found != names.end()) return static_cast<int>(found - names.begin()) + from;
  return number_of(text);
}

/// `A` or `A:B` of values that `read` knows, none outside of `lowest` and `highest`.
template <class Read>
Result<IntRange, std::string> range_of(std::string_view text, Read read, int lowest, int highest) {
  const auto colon = text.find(':');
  const auto first = read(trim(text.substr(0, colon)));
  const auto last = colon == std::string_view::npos ? first : read(trim(text.substr(colon + 1)));
  const auto is_sound = [&](std::optional<int> value) {
    return value && *value >= lowest && *value <= highest;
  };
  if (!is_sound(first) || !is_sound(last))
    return fail("'" + std::string(text) + "' is no such value or range A:B");
  const bool counts_back = *first < 0 || *last < 0;
  if (*first > *last && !(counts_back && *first > 0))
    return fail("'" + std::string(text) + "' ends before it begins");
  return IntRange{*first, *last};
}

bool is_in(const std::vector<IntRange>& ranges, int value) {
  return ranges.empty() || std::any_of(ranges.begin(), ranges.end(), [&](const IntRange& range) {
           return value >= range.first && value <= range.last;
         });
}

}  // namespace

bool TimeInterval::contains(Instant at, const TimeZone& zone) const {
  using namespace std::chrono;
  const auto local = at + zone.offset_at(at);
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const auto minute = static_cast<int>(floor<std::chrono::minutes>(local - day).count());
  const bool is_then =
      minutes.empty() || std::any_of(minutes.begin(), minutes.end(), [&](const IntRange& range) {
        return minute >= range.first && minute < range.last;
      });
  const auto last_day =
      static_cast<int>(unsigned{year_month_day_last{date.year() / date.month() / last}.day()});
  const auto today = static_cast<int>(unsigned{date.day()});
  const auto from_start = [&](int of_month) {
    return of_month < 0 ? last_day + 1 + of_month : of_month;
  };
  const bool is_day =
      days_of_month.empty() ||
      std::any_of(days_of_month.begin(), days_of_month.end(), [&](const IntRange& range) {
        return today >= from_start(range.first) && today <= from_start(range.last);
      });
  return is_then && is_day && is_in(weekdays, static_cast<int>(weekday(day).c_encoding())) &&
         is_in(months, static_cast<int>(unsigned{date.month()})) && is_in(years, int{date.year()});
}

bool any_contains(const std::vector<TimeInterval>& intervals, Instant at, const TimeZone& zone) {
  return std::any_of(intervals.begin(), intervals.end(),
                     [&](const TimeInterval& one) { return one.contains(at, zone); });
}

Result<int, std::string> parse_minute(std::string_view text) {
  const auto colon = text.find(':');
  const auto problem = "'" + std::string(text) + "' is no time of day such as 07:00";
  if (colon != 2 || text.size() != 5 || !is_digits(text.substr(0, 2)) || !is_digits(text.substr(3)))
    return fail(problem);
  const int hour = number_of(text.substr(0, 2)).value();
  const int minute = number_of(text.substr(3)).value();
  const int out = hour * 60 + minute;
  if (minute > 59 || out > minutes_a_day) return fail(problem);
  return out;
}

Result<IntRange, std::string> parse_weekdays(std::string_view text) {
  return range_of(
      text, [](std::string_view word) { return named(word, weekday_names, 0); }, 0, 6);
}

Result<IntRange, std::string> parse_days_of_month(std::string_view text) {
  auto range = range_of(text, number_of, -31, 31);
  if (range && (range->first == 0 || range->last == 0))
    return fail("'" + std::string(text) + "' is no day: days count from 1, or back from -1");
  return range;
}

Result<IntRange, std::string> parse_months(std::string_view text) {
  return range_of(
      text, [](std::string_view word) { return named(word, month_names, 1); }, 1, 12);
}

Result<IntRange, std::string> parse_years(std::string_view text) {
  return range_of(text, number_of, 1970, 9999);
}

}  // namespace tinwatch::alerts
