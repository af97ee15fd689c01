#pragma once

#include "core/record.hpp"
#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace tinwatch::parsers {

/// What a printed date leaves open.
struct DateContext {
  TimeZone zone = TimeZone::fixed({});  ///< of a text that prints no offset
  /// For "2 giờ trước", "yesterday" and dates without a year (then the nearest one that is at most
  /// two days ahead); without it they are no dates.
  std::optional<Instant> reference = std::nullopt;
  bool month_first = false;  ///< 04/05/2020 is April 5, as in the United States
};

/// The first date printed in `text` (at most 300 bytes), with the time beside it: ISO 8601, RFC
/// 822, epoch seconds and milliseconds, the time stamps of Vietnamese article numbers
/// (yyyyMMddHHmmss..., 1xxyyMMddHHmmss...), numbers with day before month, and names of months in
/// thirty languages. Lunar dates, 29/2/2023 and 25:10 are no dates: nothing ever rolls over.
[[nodiscard]] std::optional<PrintedDate> parse_date(std::string_view text,
                                                    const DateContext& context);

/// Whether a line prints a date and nothing else but its labels: "Updated: Monday, 4 March, 16:44".
[[nodiscard]] bool is_date_line(std::string_view text);

}  // namespace tinwatch::parsers
