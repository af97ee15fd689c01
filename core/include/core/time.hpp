#pragma once

#include "core/types.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tinwatch {

/// A wall-clock time with the offset it was printed with.
struct OffsetTime {
  Instant at;
  std::chrono::minutes offset{0};
  bool spelled = false;  ///< an offset of nothing is printed as `+00:00`, not as `Z`
  /// How the offset is spelled makes no other time.
  friend bool operator==(const OffsetTime& a, const OffsetTime& b) {
    return a.at == b.at && a.offset == b.offset;
  }
};

/// RFC 3339, UTC, `2026-03-04T05:06:07.089Z`; milliseconds only where there are any.
[[nodiscard]] std::string to_rfc3339(Instant at);
/// RFC 3339 with the offset as printed, whole seconds: `2026-03-04T12:06:07+07:00`.
[[nodiscard]] std::string to_rfc3339(const OffsetTime& time);

/// RFC 3339 and the ISO 8601 forms met on pages: `T` or a blank, seconds and fractions optional,
/// offset `Z`, `+07:00`, `+0700` or with a blank before it. A text without an offset takes
/// `assumed`. An impossible date is no date.
[[nodiscard]] std::optional<OffsetTime> parse_iso8601(std::string_view text,
                                                      std::chrono::minutes assumed = {});

/// HTTP dates (RFC 9110 section 5.6.7) and the RFC 822 dates of RSS.
[[nodiscard]] std::optional<OffsetTime> parse_rfc822(std::string_view text);
[[nodiscard]] std::string to_http_date(Instant at);

/// The value of Retry-After (RFC 9110 section 10.2.3): seconds or an HTTP date.
[[nodiscard]] std::optional<Duration> parse_retry_after(std::string_view text, Instant now);

/// `90s`, `15m`, `7d`, `1h30m`, `500ms` as in Prometheus; a bare `0` is allowed.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// The shortest form of the same: `1h30m`.
[[nodiscard]] std::string to_text(Duration duration);

/// A command's T: RFC 3339, a date, `today`, or an age such as `36h`, in the zone of `offset`.
[[nodiscard]] std::optional<Instant> parse_time_argument(std::string_view text, Instant now,
                                                         std::chrono::minutes offset);

/// The rules of a time zone. Cheap to copy; any thread.
class TimeZone {
 public:
  /// By its IANA name (rules from ICU); nothing for an unknown one.
  [[nodiscard]] static std::optional<TimeZone> find(const std::string& name);
  [[nodiscard]] static TimeZone fixed(std::chrono::minutes offset);

  /// From UTC, at a moment.
  [[nodiscard]] std::chrono::minutes offset_at(Instant at) const;
  /// From UTC, where clocks show `local` (an `Instant` read as if it were UTC). Of an hour that
  /// comes twice, the first.
  [[nodiscard]] std::chrono::minutes offset_at_local(Instant local) const;

 private:
  struct Rules;
  std::shared_ptr<const Rules> rules_;  // null: the fixed offset
  std::chrono::minutes fixed_{0};
};

/// A civil date and time, checked: nothing where the calendar or the clock has no such moment.
[[nodiscard]] std::optional<Instant> civil(int year, int month, int day, int hour, int minute,
                                           int second);

}  // namespace tinwatch
