#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::alerts {

/// From `first` to `last`, both included.
struct IntRange {
  int first = 0;
  int last = 0;
  friend bool operator==(const IntRange&, const IntRange&) = default;
};

/// A recurring time as Alertmanager's `time_intervals` say it: every list that is not empty has to
/// agree. Local to the zone that it is asked with.
struct TimeInterval {
  std::vector<IntRange> minutes;        ///< of the day; `last` is not included
  std::vector<IntRange> weekdays;       ///< 0 is Sunday
  std::vector<IntRange> days_of_month;  ///< -1 is the month's last day
  std::vector<IntRange> months;         ///< 1 is January
  std::vector<IntRange> years;
  friend bool operator==(const TimeInterval&, const TimeInterval&) = default;

  [[nodiscard]] bool contains(Instant at, const TimeZone& zone) const;
};

[[nodiscard]] bool any_contains(const std::vector<TimeInterval>& intervals, Instant at,
                                const TimeZone& zone);

// The errors are for people.
/// `22:00` or `24:00`, in minutes of the day.
[[nodiscard]] Result<int, std::string> parse_minute(std::string_view text);
/// `monday`, `monday:friday`.
[[nodiscard]] Result<IntRange, std::string> parse_weekdays(std::string_view text);
/// `1:5`, `-3:-1`.
[[nodiscard]] Result<IntRange, std::string> parse_days_of_month(std::string_view text);
/// `january:march`, `5`.
[[nodiscard]] Result<IntRange, std::string> parse_months(std::string_view text);
[[nodiscard]] Result<IntRange, std::string> parse_years(std::string_view text);

}  // namespace tinwatch::alerts
