#include "dates.hpp"

#include "core/text.hpp"

#include <re2/re2.h>

namespace tinwatch::parsers {
namespace {

using std::chrono::minutes;

/// Compiled once: RE2 objects are immutable and shared between threads.
struct Patterns {
  RE2 date{R"((?:^|[^\d])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:$|[^\d]))"};
  RE2 time{R"((?:^|[^\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:$|[^\d:]))"};
  RE2 zone{R"((?i)(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?)"};
};

const Patterns& patterns() {
  static const Patterns compiled;
  return compiled;
}

std::optional<PrintedDate> from(const std::optional<OffsetTime>& time, std::string_view raw,
                                DatePrecision precision) {
  if (!time) return std::nullopt;
  return PrintedDate{.time = *time, .raw = std::string(raw), .precision = precision};
}

}  // namespace

std::optional<PrintedDate> parse_date(std::string_view text, minutes assumed) {
  text = trim(text);
  if (text.size() > 200) return std::nullopt;
  if (auto iso = parse_iso8601(text, assumed)) {
    const auto colons = text.substr(0, 19).find(':');
    const auto precision = text.size() <= 10                     ? DatePrecision::day
                           : colons == std::string::npos         ? DatePrecision::hour
                           : text.size() > 16 && text[16] == ':' ? DatePrecision::second
                                                                 : DatePrecision::minute;
    return from(iso, text, precision);
  }
  if (auto rfc = parse_rfc822(text)) return from(rfc, text, DatePrecision::second);

  int day = 0;
  int month = 0;
  int year = 0;
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), patterns().date, &day, &month,
                         &year))
    return std::nullopt;
  const re2::StringPiece whole(text.data(), text.size());
  int hour = 0;
  int minute = 0;
  std::string second;
  const bool timed = RE2::PartialMatch(whole, patterns().time, &hour, &minute, &second);
  minutes offset = assumed;
  std::string sign;
  int zone_hours = 0;
  std::string zone_minutes;
  if (RE2::PartialMatch(whole, patterns().zone, &sign, &zone_hours, &zone_minutes)) {
    offset = minutes(zone_hours * 60 + (zone_minutes.empty() ? 0 : std::stoi(zone_minutes)));
    if (sign == "-") offset = -offset;
  }
  const auto local = civil(year, month, day, hour, minute, second.empty() ? 0 : std::stoi(second));
  if (!local) return std::nullopt;
  const auto precision = !timed           ? DatePrecision::day
                         : second.empty() ? DatePrecision::minute
                                          : DatePrecision::second;
  const OffsetTime time{.at = *local - offset, .offset = offset};
  return from(time, text, precision);
}

}  // namespace tinwatch::parsers
