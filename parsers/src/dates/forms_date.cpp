#include "dates/forms.hpp"
#include "dates/solar.hpp"

#include <utility>

namespace tinwatch::parsers {
namespace {

constexpr int first_short_year = 70;  // 70 to 99 are of the last century

/// A number and the token behind it.
struct Number {
  int value = 0;
  std::size_t end = 0;
};

/// A year of four digits, perhaps of the Buddhist era, which is 543 years ahead.
std::optional<int> full_year(const DateToken& token) {
  constexpr int buddhist = 543;
  constexpr int first_buddhist = 2500;
  constexpr int last_buddhist = 2600;
  if (!token.is_number(4, 4)) return std::nullopt;
  const auto value = static_cast<int>(token.value);
  if (value >= first_buddhist && value <= last_buddhist) return value - buddhist;
  if (value < first_year || value > last_year) return std::nullopt;
  return value;
}

int century_of(int short_year) { return short_year < first_short_year ? 2000 : 1900; }

/// "Thứ 2", "T7": a number that is a weekday.
bool is_weekday_number(const TokenView& t, std::size_t at) {
  return at > 0 && t[at].is_number(1, 1) && t[at].value >= 2 && t[at].value <= 7 &&
         (t[at - 1].is("thứ") || (t[at - 1].is("t") && !t[at].gap));
}

/// What may stand between the parts of a date in words: "de", "of", commas, ordinals.
std::size_t skip_filler(const TokenView& t, std::size_t at) {
  for (;;) {
    if (is_mark(t[at], ".,،º°]")) {
      ++at;
    } else if (const auto filler = t.word(at, DateWord::filler)) {
      at = filler->end;
    } else {
      return at;
    }
  }
}

struct NamedMonth {
  int value = 0;
  std::size_t end = 0;
  bool solar = false;  ///< of the Iranian calendar
  bool numbered = false;
};

/// The month at `at`: a name, or "tháng 4".
std::optional<NamedMonth> month_at(const TokenView& t, std::size_t at) {
  if (t[at].kind != DateToken::Kind::word) return std::nullopt;
  if (const auto before = t.word(at, DateWord::before_month_number))
    if (const auto& number = t[before->end];
        number.is_number(1, 2) && number.value >= 1 && number.value <= 12)
      return NamedMonth{
          .value = static_cast<int>(number.value), .end = before->end + 1, .numbered = true};
  if (const auto found = t.word(at, DateWord::month))
    return NamedMonth{.value = found->value, .end = found->end};
  if (const auto found = t.word(at, DateWord::solar_month))
    return NamedMonth{.value = found->value, .end = found->end, .solar = true};
  return std::nullopt;
}

bool is_solar_year(const DateToken& token) {
  return token.is_number(4, 4) && token.value >= first_solar_year && token.value <= last_solar_year;
}

void from_solar(FoundDate& date) {
  const auto ours = solar_date(date.year, date.month, date.day);
  date.year = static_cast<int>(ours.year());
  date.month = static_cast<int>(static_cast<unsigned>(ours.month()));
  date.day = static_cast<int>(static_cast<unsigned>(ours.day()));
}

/// "00" of 31-Dec-00, "'24": two digits that end the date.
bool is_short_year(const TokenView& t, std::size_t at) {
  if (!t[at].is_number(2, 2)) return false;
  if (time_at(t, at)) return false;
  return t[at + 1].kind != DateToken::Kind::word;
}

/// The year at `at`, perhaps behind "năm".
std::optional<Number> year_at(const TokenView& t, std::size_t at, const NamedMonth& month) {
  at = skip_filler(t, at);
  const bool joined = is_mark(t[at], "-/’'");
  if (joined || is_mark(t[at], ","))
    ++at;
  else if (const auto before = t.word(at, DateWord::before_year))
    at = before->end;
  if (month.solar) {
    if (!is_solar_year(t[at])) return std::nullopt;
    return Number{.value = static_cast<int>(t[at].value), .end = at + 1};
  }
  if (const auto year = full_year(t[at])) return Number{.value = *year, .end = at + 1};
  if (month.numbered || !is_short_year(t, at)) return std::nullopt;
  const auto value = static_cast<int>(t[at].value);
  return Number{.value = century_of(value) + value, .end = at + 1};
}

/// asctime and its like: "Nov 6 18:05:00 2024", "Nov 6 18:05:00 PST 2024": the year behind the
/// time.
bool read_year_behind_time(const TokenView& t, std::size_t at, FoundDate& out) {
  const auto time = time_at(t, at);
  if (!time) return false;
  auto next = time->end;
  // Whatever the zone is: it is read where the time ends.
  if (const auto zone = zone_at(t, next, {}))
    next = zone->end;
  else if (t[next].kind == DateToken::Kind::word && t[next].text.size() <= 5)
    ++next;
  const auto year = full_year(t[next]);
  if (!year || t[next + 1].is(":")) return false;
  out.year = *year;
  out.time = time;
  out.end = next + 1;
  return true;
}

/// 2024-11-06, 2024. 11. 6., 2024年11月6日.
std::optional<FoundDate> year_first(const TokenView& t, std::size_t at) {
  const auto year = full_year(t[at]);
  if (!year) return std::nullopt;
  const auto mark = t.word(at + 1, DateWord::year_mark);
  const auto month = mark ? mark->end : at + 2;
  if ((!mark && !is_mark(t[at + 1], "-/.")) || !t[month].is_number(1, 2)) return std::nullopt;
  FoundDate out{.year = *year, .month = static_cast<int>(t[month].value)};
  out.begin = at;
  const auto month_mark = t.word(month + 1, DateWord::month_mark);
  const auto day = month_mark ? month_mark->end : month + 2;
  const bool dotted = t[at + 1].is(".") && t[month + 1].is(".");
  const bool more = month_mark || is_mark(t[month + 1], "-/.");
  const bool joined = month_mark || !t[day].gap || (dotted && t[month].gap);
  if (more && joined && t[day].is_number(1, 2)) {
    out.day = static_cast<int>(t[day].value);
    const auto day_mark = t.word(day + 1, DateWord::day_mark);
    out.end = day_mark ? day_mark->end : day + 1;
    return out;
  }
  // "2024 - 10:30" and "2016年6月2911:30" name no month of a year.
  const bool apart = !mark && (t[at + 1].gap || t[month].gap);
  if (apart || t[month + 1].is(":") || (month_mark && t[day].kind == DateToken::Kind::number))
    return std::nullopt;
  out.precision = DatePrecision::month;
  out.end = month_mark ? month_mark->end : month + 1;
  return out;
}

/// "2024 November 06", "2024-Nov-06", "2024. november 6.", "2024 11 февраля".
std::optional<FoundDate> year_and_name_first(const TokenView& t, std::size_t at) {
  const auto year = full_year(t[at]);
  const bool solar = is_solar_year(t[at]);
  if (!year && !solar) return std::nullopt;
  const auto skip = [&](std::size_t from) { return from + (is_mark(t[from], "-/.,") ? 1 : 0); };
  const auto next = skip(at + 1);
  const bool day_behind_year = t[next].is_number(1, 2) && !time_at(t, next);
  const auto month = month_at(t, day_behind_year ? skip_filler(t, next + 1) : next);
  if (!month || month->numbered || month->solar != solar) return std::nullopt;
  const auto day = day_behind_year ? next : skip(month->end);
  if (!t[day].is_number(1, 2) || time_at(t, day)) return std::nullopt;
  FoundDate out{.year = solar ? static_cast<int>(t[at].value) : *year,
                .month = month->value,
                .day = static_cast<int>(t[day].value),
                .begin = at,
                .end = day_behind_year ? month->end : day + 1};
  if (solar) from_solar(out);
  return out;
}

/// ISO 8601's basic format, where a time follows: 20241106T180500.
std::optional<FoundDate> eight_digits(const TokenView& t, std::size_t at) {
  if (!t[at].is_number(8, 8) || at > 0) return std::nullopt;
  const auto value = static_cast<int>(t[at].value);
  const bool timed = time_at(t, at + 1) || (t[at + 1].is("t") && time_at(t, at + 2));
  if (!timed || value / 10'000 < first_year || value / 10'000 > last_year) return std::nullopt;
  return FoundDate{.year = value / 10'000,
                   .month = value / 100 % 100,
                   .day = value % 100,
                   .begin = at,
                   .end = at + 1};
}

/// 27/04/2023, 27-4-2023, 27.04.2023, 4/27/2023, 27/04/23.
std::optional<FoundDate> day_first(const TokenView& t, std::size_t at, bool month_first) {
  if (!t[at].is_number(1, 2) || is_weekday_number(t, at)) return std::nullopt;
  if (at >= 2 && is_mark(t[at - 1], "./") && !t[at].gap && t[at - 2].value >= 0)
    return std::nullopt;  // the middle of 10.02.14.33
  if (!is_mark(t[at + 1], "-/.|") || !t[at + 2].is_number(1, 2)) return std::nullopt;
  if (!t[at + 3].is(t[at + 1].text)) return std::nullopt;
  const auto& last = t[at + 4];
  const auto year = full_year(last);
  const bool short_year = last.is_number(2, 2) && !last.gap && is_mark(t[at + 1], "/.");
  if (!year && !short_year) return std::nullopt;
  // 10.02.14.33 is an address of a machine, and 1.2.34 at most a version.
  if (short_year && is_mark(t[at + 5], "./")) return std::nullopt;
  FoundDate out{.year = year ? *year : static_cast<int>(last.value) + 2000,
                .month = static_cast<int>(t[at + 2].value),
                .day = static_cast<int>(t[at].value),
                .begin = at,
                .end = at + 5};
  const bool swap = (month_first && is_mark(t[at + 1], "/-") && out.day <= 12) ||
                    (out.month > 12 && out.day <= 12);
  if (swap) std::swap(out.day, out.month);
  return out;
}

/// "27 tháng 4 năm 2023", "27th of April, 2023", "27-Apr-2023".
std::optional<FoundDate> day_and_name(const TokenView& t, std::size_t at) {
  if (!t[at].is_number(1, 2) || is_weekday_number(t, at)) return std::nullopt;
  auto next = skip_filler(t, at + 1);
  if (is_mark(t[next], "-/")) ++next;
  if (const auto weekday = t.word(next, DateWord::weekday); weekday && !month_at(t, next))
    next = skip_filler(t, weekday->end);
  const auto month = month_at(t, next);
  if (!month) return std::nullopt;
  FoundDate out{
      .month = month->value, .day = static_cast<int>(t[at].value), .begin = at, .end = month->end};
  if (const auto year = year_at(t, month->end, *month)) {
    out.year = year->value;
    out.end = year->end;
    if (month->solar) from_solar(out);
  } else if (month->solar) {
    return std::nullopt;
  }
  return out;
}

/// "April 27, 2023", "April 2023", "Apr 27 18:05:00 2023".
std::optional<FoundDate> name_first(const TokenView& t, std::size_t at) {
  const auto month = month_at(t, at);
  if (!month || month->solar) return std::nullopt;
  FoundDate out{.month = month->value, .begin = at};
  auto next = skip_filler(t, month->end);
  if (is_mark(t[next], "-/")) ++next;
  if (t[next].is_number(1, 2) && !is_mark(t[next + 1], ":")) {
    out.day = static_cast<int>(t[next].value);
    if (const auto year = year_at(t, next + 1, *month)) {
      out.year = year->value;
      out.end = year->end;
      return out;
    }
    if (read_year_behind_time(t, next + 1, out)) return out;
    if (!month->numbered) {
      out.end = next + 1;
      return out;
    }
    out.day = 1;
  }
  const auto year = year_at(t, month->end, *month);
  if (!year) return std::nullopt;
  out.year = year->value;
  out.end = year->end;
  out.precision = DatePrecision::month;
  return out;
}

/// "10-1", "27/2", "19.10": only where a reference tells the year.
std::optional<FoundDate> without_year(const TokenView& t, std::size_t at) {
  if (!t[at].is_number(1, 2) || is_weekday_number(t, at)) return std::nullopt;
  if (!is_mark(t[at + 1], "-/.") || !t[at + 2].is_number(1, 2)) return std::nullopt;
  if (t[at + 1].gap || t[at + 2].gap || is_mark(t[at + 3], "-/.:")) return std::nullopt;
  return FoundDate{.month = static_cast<int>(t[at + 2].value),
                   .day = static_cast<int>(t[at].value),
                   .begin = at,
                   .end = at + 3};
}

}  // namespace

std::optional<FoundDate> date_at(const TokenView& t, std::size_t at, bool month_first) {
  if (t[at].kind == DateToken::Kind::word) return name_first(t, at);
  if (auto found = year_first(t, at)) return found;
  if (auto found = year_and_name_first(t, at)) return found;
  if (auto found = eight_digits(t, at)) return found;
  if (auto found = day_and_name(t, at)) return found;
  if (auto found = day_first(t, at, month_first)) return found;
  return without_year(t, at);
}

}  // namespace tinwatch::parsers
