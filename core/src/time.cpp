#include "core/time.hpp"

#include "core/text.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace tinwatch {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};

/// Reads from the front of a text; every reader leaves the text alone when it does not match.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    while (n < most && n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9') ++n;
    if (n < least) return std::nullopt;
    int value = 0;
    std::from_chars(rest_.data(), rest_.data() + n, value);
    rest_.remove_prefix(n);
    return value;
  }
  bool eat(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view letters() {
    std::size_t n = 0;
    while (n < rest_.size() &&
           ((rest_[n] >= 'A' && rest_[n] <= 'Z') || (rest_[n] >= 'a' && rest_[n] <= 'z')))
      ++n;
    const auto word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }
  void blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

 private:
  std::string_view rest_;
};

struct Offset {
  minutes value{0};
  bool spelled = false;  // with its minutes: no `Z`
};

std::optional<Offset> read_offset(Cursor& in) {
  if (in.eat('Z') || in.eat('z')) return Offset{};
  const bool negative = in.peek() == '-';
  if (!in.eat('+') && !in.eat('-')) return std::nullopt;
  const auto hour = in.digits(2, 2);
  if (!hour) return std::nullopt;
  in.eat(':');
  const auto minute = in.digits(2, 2);
  if (*hour > 23 || minute.value_or(0) > 59) return std::nullopt;
  const minutes offset{*hour * 60 + minute.value_or(0)};
  return Offset{.value = negative ? -offset : offset, .spelled = minute.has_value()};
}

std::string offset_text(minutes offset) {
  const auto value = offset.count() < 0 ? -offset.count() : offset.count();
  std::array<char, 24> out{};
  std::snprintf(out.data(), out.size(), "%c%02d:%02d", offset.count() < 0 ? '-' : '+',
                static_cast<int>(value / 60), static_cast<int>(value % 60));
  return out.data();
}

std::string date_and_time(Instant local) {
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(floor<seconds>(local - day));
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return out.data();
}

}  // namespace

std::optional<Instant> civil(int y, int m, int d, int hour, int minute, int second) {
  const year_month_day date{year(y), month(static_cast<unsigned>(m)),
                            day(static_cast<unsigned>(d))};
  if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return std::nullopt;
  return Instant{sys_days(date)} + hours(hour) + minutes(minute) + seconds(std::min(second, 59));
}

std::string to_rfc3339(Instant at) {
  std::string out = date_and_time(at);
  const auto ms = (at - floor<seconds>(at)).count();
  if (ms != 0) {
    std::array<char, 24> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03d", static_cast<int>(ms));
    out += fraction.data();
  }
  return out + 'Z';
}

std::string to_rfc3339(const OffsetTime& time) {
  const bool utc = time.offset == minutes{0} && !time.spelled;
  return date_and_time(time.at + time.offset) + (utc ? "Z" : offset_text(time.offset));
}

std::optional<OffsetTime> parse_iso8601(std::string_view text, minutes assumed) {
  Cursor in(trim(text));
  const auto y = in.digits(4, 4);
  if (!y || !in.eat('-')) return std::nullopt;
  const auto m = in.digits(2, 2);
  if (!m || !in.eat('-')) return std::nullopt;
  const auto d = in.digits(2, 2);
  if (!d) return std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  Offset offset{.value = assumed};
  if (!in.at_end()) {
    if (!in.eat('T') && !in.eat('t') && !in.eat(' ')) return std::nullopt;
    const auto h = in.digits(2, 2);
    if (!h || !in.eat(':')) return std::nullopt;
    const auto mi = in.digits(2, 2);
    if (!mi) return std::nullopt;
    hour = *h;
    minute = *mi;
    if (in.eat(':')) {
      const auto s = in.digits(2, 2);
      if (!s) return std::nullopt;
      second = *s;
      if (in.eat('.') || in.eat(',')) {
        if (!in.digits(1, 9)) return std::nullopt;
      }
    }
    in.blanks();
    if (!in.at_end()) {
      const auto printed = read_offset(in);
      if (!printed || !in.at_end()) return std::nullopt;
      offset = *printed;
    }
  }
  const auto local = civil(*y, *m, *d, hour, minute, second);
  if (!local) return std::nullopt;
  return OffsetTime{.at = *local - offset.value, .offset = offset.value, .spelled = offset.spelled};
}

std::optional<OffsetTime> parse_rfc822(std::string_view text) {
  Cursor in(trim(text));
  in.letters();  // weekday: a wrong one is not worth losing a date
  in.eat(',');
  in.blanks();
  const auto d = in.digits(1, 2);
  if (!d) return std::nullopt;
  in.eat('-');
  in.blanks();
  const auto name = in.letters();
  int m = 0;
  for (std::size_t i = 0; i < months.size(); ++i)
    if (iequals(name, months[i])) m = static_cast<int>(i) + 1;
  if (m == 0) return std::nullopt;
  in.eat('-');
  in.blanks();
  auto y = in.digits(2, 4);
  if (!y) return std::nullopt;
  if (*y < 100) *y += *y < 70 ? 2000 : 1900;
  in.blanks();
  const auto hour = in.digits(1, 2);
  if (!hour || !in.eat(':')) return std::nullopt;
  const auto minute = in.digits(2, 2);
  if (!minute) return std::nullopt;
  const int second = in.eat(':') ? in.digits(2, 2).value_or(0) : 0;
  in.blanks();
  Offset offset;
  if (const auto printed = read_offset(in)) offset = *printed;
  const auto local = civil(*y, m, *d, *hour, *minute, second);
  if (!local) return std::nullopt;
  return OffsetTime{.at = *local - offset.value, .offset = offset.value, .spelled = offset.spelled};
}

std::string to_http_date(Instant at) {
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(floor<seconds>(at - day));
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                weekdays[weekday(day).c_encoding()].data(), static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1].data(),
                static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return out.data();
}

std::optional<Duration> parse_retry_after(std::string_view text, Instant now) {
  text = trim(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= 0)
    return seconds(std::min<std::int64_t>(value, 365LL * 86400));
  const auto date = parse_rfc822(text);
  if (!date) return std::nullopt;
  return std::max(Duration{0}, date->at - now);
}

std::optional<Duration> parse_duration(std::string_view text) {
  constexpr Duration longest = days(365 * 1000);  // adds up without running over
  if (text == "0") return Duration{0};
  Duration total{0};
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 0 || count > 1'000'000'000) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const auto unit = text.substr(0, text.find_first_of("0123456789"));
    text.remove_prefix(unit.size());
    Duration each{0};
    if (unit == "ms")
      each = milliseconds(1);
    else if (unit == "s")
      each = seconds(1);
    else if (unit == "m")
      each = minutes(1);
    else if (unit == "h")
      each = hours(1);
    else if (unit == "d")
      each = days(1);
    else if (unit == "w")
      each = weeks(1);
    else if (unit == "y")
      each = days(365);
    else
      return std::nullopt;
    if (count > (longest - total) / each) return std::nullopt;
    total += each * count;
  }
  return total;
}

std::string to_text(Duration duration) {
  if (duration == Duration{0}) return "0s";
  std::string out;
  auto rest = duration.count();
  const auto take = [&](std::int64_t unit, const char* name) {
    if (rest < unit) return;
    out += std::to_string(rest / unit) + name;
    rest %= unit;
  };
  take(86'400'000, "d");
  take(3'600'000, "h");
  take(60'000, "m");
  take(1000, "s");
  take(1, "ms");
  return out;
}

std::optional<Instant> parse_time_argument(std::string_view text, Instant now, minutes offset) {
  if (text == "today") return Instant{floor<days>(now + offset)} - offset;
  if (const auto age = parse_duration(text)) return now - *age;
  const auto time = parse_iso8601(text, offset);
  if (!time) return std::nullopt;
  return time->at;
}

}  // namespace tinwatch
