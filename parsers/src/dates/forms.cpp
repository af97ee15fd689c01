#include "dates/forms.hpp"

#include <array>
#include <utility>

namespace tinwatch::parsers {
namespace {

using std::chrono::minutes;

constexpr std::size_t widest_gap = 6;  // tokens between a date and its time

bool is_year(const DateToken& token) {
  return token.is_number(4, 4) && token.value >= first_year && token.value <= last_year;
}
bool is_mark(const DateToken& token, std::string_view marks) {
  return token.kind == DateToken::Kind::mark && !token.text.empty() &&
         marks.find(token.text) != std::string_view::npos;
}
/// "Thứ 2", "T7": a number that is a weekday.
bool is_weekday_number(const TokenView& t, std::size_t at) {
  return at > 0 && t[at].is_number(1, 1) && t[at].value >= 2 && t[at].value <= 7 &&
         (t[at - 1].is("thứ") || (t[at - 1].is("t") && !t[at].gap));
}

std::optional<FoundDate> year_first(const TokenView& t, std::size_t at) {
  if (!is_year(t[at])) return std::nullopt;
  const bool marked = is_mark(t[at + 1], "-/.") || is_word(t[at + 1], {"年", "년"});
  if (!marked || !t[at + 2].is_number(1, 2)) return std::nullopt;
  FoundDate out{.year = static_cast<int>(t[at].value), .month = static_cast<int>(t[at + 2].value)};
  out.begin = at;
  const bool more = is_mark(t[at + 3], "-/.") || is_word(t[at + 3], {"月", "월"});
  const bool joined = !t[at + 4].gap || is_word(t[at + 3], {"월", "月"});
  if (more && joined && t[at + 4].is_number(1, 2)) {
    out.day = static_cast<int>(t[at + 4].value);
    out.end = at + 5;
  } else {
    out.precision = DatePrecision::month;
    out.end = at + 3;
  }
  return out;
}

/// 27/04/2023, 27-4-2023, 27.04.2023, 4/27/2023, 27/04/23.
std::optional<FoundDate> day_first(const TokenView& t, std::size_t at, bool month_first) {
  if (!t[at].is_number(1, 2) || is_weekday_number(t, at)) return std::nullopt;
  if (at >= 2 && is_mark(t[at - 1], "./") && !t[at].gap && t[at - 2].value >= 0)
    return std::nullopt;  // the middle of 10.02.14.33
  if (!is_mark(t[at + 1], "-/.|") || !t[at + 2].is_number(1, 2)) return std::nullopt;
  if (!t[at + 3].is(t[at + 1].text)) return std::nullopt;
  const auto& year = t[at + 4];
  const bool short_year =
      year.is_number(2, 2) && !year.gap && t[at + 1].is("/") + t[at + 1].is(".");
  if (!is_year(year) && !short_year) return std::nullopt;
  // 10.02.14.33 is an address of a machine, and 1.2.34 at most a version.
  if (short_year && is_mark(t[at + 5], "./")) return std::nullopt;
  FoundDate out{.year = static_cast<int>(year.value) + (short_year ? 2000 : 0),
                .month = static_cast<int>(t[at + 2].value),
                .day = static_cast<int>(t[at].value),
                .begin = at,
                .end = at + 5};
  const bool swap =
      (month_first && t[at + 1].is("/") && out.day <= 12) || (out.month > 12 && out.day <= 12);
  if (swap) std::swap(out.day, out.month);
  return out;
}

/// What may stand between the parts of a date in words: "de", "of", commas, ordinals.
std::size_t skip_filler(const TokenView& t, std::size_t at) {
  while (is_mark(t[at], ".,º°") || is_word(t[at], {"de", "of", "del", "st", "nd", "rd", "th", "er",
                                                   "den", "ngày", "а", "г", "i"}))
    ++at;
  return at;
}

/// The month at `at`: a name, or "tháng 4"; its number and the token behind it.
std::optional<std::pair<int, std::size_t>> month_at(const TokenView& t, std::size_t at) {
  if (t[at].kind != DateToken::Kind::word) return std::nullopt;
  if (t[at].is("tháng") && t[at + 1].is_number(1, 2) && t[at + 1].value >= 1 &&
      t[at + 1].value <= 12)
    return std::pair{static_cast<int>(t[at + 1].value), at + 2};
  if (const auto month = month_of(t[at].text)) return std::pair{month, at + 1};
  return std::nullopt;
}

/// The year at `at`, perhaps behind "năm"; and the token behind it.
std::optional<std::pair<int, std::size_t>> year_at(const TokenView& t, std::size_t at) {
  at = skip_filler(t, at);
  if (is_mark(t[at], "-/,’'") || t[at].is("năm")) ++at;
  if (is_year(t[at])) return std::pair{static_cast<int>(t[at].value), at + 1};
  return std::nullopt;
}

/// "27 tháng 4 năm 2023", "27th of April, 2023", "27-Apr-2023", "April 27, 2023", "April 2023".
std::optional<FoundDate> with_month_name(const TokenView& t, std::size_t at) {
  FoundDate out{.begin = at};
  if (t[at].is_number(1, 2) && !is_weekday_number(t, at)) {
    auto next = skip_filler(t, at + 1);
    if (is_mark(t[next], "-/")) ++next;
    const auto month = month_at(t, next);
    if (!month) return std::nullopt;
    out.day = static_cast<int>(t[at].value);
    out.month = month->first;
    out.end = month->second;
    if (const auto year = year_at(t, month->second)) {
      out.year = year->first;
      out.end = year->second;
    }
    return out;
  }
  const auto month = month_at(t, at);
  if (!month) return std::nullopt;
  out.month = month->first;
  const auto next = skip_filler(t, month->second);
  if (t[next].is_number(1, 2) && !is_mark(t[next + 1], ":")) {
    if (const auto year = year_at(t, next + 1)) {
      out.day = static_cast<int>(t[next].value);
      out.year = year->first;
      out.end = year->second;
      return out;
    }
    if (!t[at].is("tháng")) {
      out.day = static_cast<int>(t[next].value);
      out.end = next + 1;
      return out;
    }
  }
  if (const auto year = year_at(t, month->second)) {
    out.year = year->first;
    out.end = year->second;
    out.precision = DatePrecision::month;
    return out;
  }
  return std::nullopt;
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

/// Afternoon and morning words behind a time.
void apply_daypart(const TokenView& t, FoundTime& time) {
  auto at = time.end;
  if (is_mark(t[at], ".,")) return;
  const bool spelled = is_word(t[at], {"p", "a"}) && is_mark(t[at + 1], ".") && t[at + 2].is("m");
  const bool afternoon = is_word(t[at], {"pm", "ch", "chiều", "tối"}) || (spelled && t[at].is("p"));
  const bool morning = is_word(t[at], {"am", "sa", "sáng"}) || (spelled && t[at].is("a"));
  if (!afternoon && !morning) return;
  // "13:00 PM" is 13:00: a 24-hour clock with an idle label.
  if (afternoon && time.hour < 12) time.hour += 12;
  if (morning && time.hour == 12) time.hour = 0;
  time.end = at + (spelled ? 3 : 1);
}

std::optional<minutes> zone_name(std::string_view name) {
  // RFC 822 section 5.1 and the European ones; others mean different zones to different papers.
  constexpr std::array<std::pair<std::string_view, int>, 19> names = {{{"z", 0},
                                                                       {"gmt", 0},
                                                                       {"utc", 0},
                                                                       {"est", -300},
                                                                       {"edt", -240},
                                                                       {"cst", -360},
                                                                       {"cdt", -300},
                                                                       {"mst", -420},
                                                                       {"mdt", -360},
                                                                       {"pst", -480},
                                                                       {"pdt", -420},
                                                                       {"cet", 60},
                                                                       {"cest", 120},
                                                                       {"mez", 60},
                                                                       {"mesz", 120},
                                                                       {"eet", 120},
                                                                       {"eest", 180},
                                                                       {"jst", 540},
                                                                       {"kst", 540}}};
  for (const auto& [known, offset] : names)
    if (known == name) return minutes{offset};
  return std::nullopt;
}

}  // namespace

std::optional<FoundDate> date_at(const TokenView& t, std::size_t at, bool month_first) {
  if (auto found = year_first(t, at)) return found;
  if (auto found = with_month_name(t, at)) return found;
  if (auto found = day_first(t, at, month_first)) return found;
  return without_year(t, at);
}

std::optional<FoundTime> time_at(const TokenView& t, std::size_t at) {
  if (!t[at].is_number(1, 2)) return std::nullopt;
  FoundTime out{.hour = static_cast<int>(t[at].value), .begin = at};
  const auto& mark = t[at + 1];
  const bool letter = is_word(mark, {"h", "g", "giờ", "uhr"});
  const bool dotted_time = mark.is(".") && t[at + 2].is_number(2, 2) && !t[at + 2].gap &&
                           (is_word(t[at + 3], {"am", "pm", "uhr"}) ||
                            (is_word(t[at + 3], {"a", "p"}) && t[at + 5].is("m")));
  if (mark.is(":") && t[at + 2].is_number(2, 2) && !t[at + 2].gap) {
    out.minute = static_cast<int>(t[at + 2].value);
    out.end = at + 3;
    if (t[out.end].is(":") && t[out.end + 1].is_number(2, 2)) {
      out.second = static_cast<int>(t[out.end + 1].value);
      out.precision = DatePrecision::second;
      out.end += 2;
      if (is_mark(t[out.end], ".,") && t[out.end + 1].is_number(1, 9) && !t[out.end + 1].gap)
        out.end += 2;
    }
  } else if (dotted_time) {
    out.minute = static_cast<int>(t[at + 2].value);
    out.end = at + 3;
  } else if (letter) {
    out.end = at + 2;
    if (t[at + 2].is_number(1, 2) && (!t[at + 2].gap || mark.is("giờ")) &&
        !is_mark(t[at + 3], "-/.")) {
      out.minute = static_cast<int>(t[at + 2].value);
      out.end = at + 3;
      if (is_word(t[out.end], {"phút", "p"})) ++out.end;
    } else {
      out.precision = DatePrecision::hour;
    }
  } else if (is_word(mark, {"am", "pm"})) {
    out.precision = DatePrecision::hour;
    out.end = at + 1;
  } else {
    return std::nullopt;
  }
  out.possible = out.hour <= 23 && out.minute <= 59 && out.second <= 60;
  apply_daypart(t, out);
  return out;
}

std::optional<FoundTime> nearest_time(const TokenView& t, const FoundDate& date) {
  std::optional<FoundTime> best;
  std::size_t nearest = widest_gap + 1;
  for (std::size_t at = 0; at < t.size(); ++at) {
    if (at >= date.begin && at < date.end) continue;
    const auto time = time_at(t, at);
    if (!time) continue;
    const bool behind = at >= date.end;
    if (!behind && time->end > date.begin) continue;
    const auto gap = behind ? at - date.end : date.begin - time->end;
    if (gap < nearest) {
      nearest = gap;
      best = time;
    }
    at = time->end - 1;
  }
  return best;
}

std::optional<minutes> zone_at(const TokenView& t, std::size_t at) {
  if (is_mark(t[at], "(,|")) ++at;
  std::optional<minutes> named;
  if (t[at].kind == DateToken::Kind::word) {
    named = zone_name(t[at].text);
    if (!named) return std::nullopt;
    ++at;
  }
  if (!is_mark(t[at], "+-−")) return named;
  const int sign = t[at].is("+") ? 1 : -1;
  // A printed GMT+7 may stand alone; a bare "-7" is no zone.
  const auto& hours_token = t[at + 1];
  if (hours_token.gap) return named;
  if (hours_token.is_number(4, 4) && hours_token.value <= 1400 && hours_token.value % 100 < 60)
    return minutes{sign * (hours_token.value / 100 * 60 + hours_token.value % 100)};
  if (!hours_token.is_number(1, 2) || hours_token.value > 14) return named;
  if (t[at + 2].is(":") && t[at + 3].is_number(2, 2) && t[at + 3].value < 60)
    return minutes{sign * (hours_token.value * 60 + t[at + 3].value)};
  if (!named) return std::nullopt;
  return minutes{sign * hours_token.value * 60};
}

}  // namespace tinwatch::parsers
