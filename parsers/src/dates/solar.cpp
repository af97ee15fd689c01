#include "dates/solar.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

/// Leap years as the 33-year cycle has them, which is right for the years that are read.
bool is_leap(int year) {
  constexpr int cycle = 33;
  for (const int leap : {1, 5, 9, 13, 17, 22, 26, 30})
    if (year % cycle == leap) return true;
  return false;
}

}  // namespace

std::chrono::year_month_day solar_date(int year, int month, int day) {
  using namespace std::chrono;
  constexpr int long_months = 6;  // of 31 days; the others have 30, the last one 29 or 30
  const int longest = month <= long_months ? 31 : (month == 12 && !is_leap(year)) ? 29 : 30;
  if (month < 1 || month > 12 || day < 1 || day > longest) return {};
  // The year 1300 began on March 21, 1921.
  auto first = sys_days(std::chrono::year{1921} / March / 21);
  for (int one = first_solar_year; one < year; ++one) first += days{is_leap(one) ? 366 : 365};
  const int before = (month - 1) * 30 + std::min(month - 1, long_months);
  return first + days{before + day - 1};
}

}  // namespace tinwatch::parsers
