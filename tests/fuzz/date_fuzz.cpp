#include "parsers/dates.hpp"

/// Any text: a date that prints and reads back as the same, or none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch;
  static const auto zone = *TimeZone::find("Europe/Berlin");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const parsers::DateContext context{.zone = zone, .reference = *civil(2026, 3, 4, 9, 44, 0)};
  const auto date = parsers::parse_date(text, context);
  static_cast<void>(parsers::is_date_line(text));
  if (!date || date->precision != DatePrecision::second) return 0;
  const auto again = parsers::parse_date(date->text(), context);
  if (!again || again->time.at != std::chrono::floor<std::chrono::seconds>(date->time.at))
    __builtin_trap();
  return 0;
}
