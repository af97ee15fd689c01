#pragma once

#include <chrono>

namespace tinwatch::parsers {

/// Years of the Iranian calendar that are read as such: 1921 to 2072.
inline constexpr int first_solar_year = 1300;
inline constexpr int last_solar_year = 1450;

/// A date of the Iranian calendar (Solar Hijri) in ours. A day that the calendar has not gives one
/// that is not `ok()`.
[[nodiscard]] std::chrono::year_month_day solar_date(int year, int month, int day);

}  // namespace tinwatch::parsers
