#include "dates/forms.hpp"

#include <array>
#include <utility>

namespace tinwatch::parsers {
namespace {

using std::chrono::minutes;

constexpr std::size_t widest_gap = 6;  // tokens between a date and its time

/// "p. m.", "a.m.": the token behind it, and whether it is the afternoon.
std::optional<std::pair<std::size_t, bool>> spelled_half(const TokenView& t, std::size_t at) {
  if (!is_word(t[at], {"a", "p"}) || !is_mark(t[at + 1], ".") || !t[at + 2].is("m"))
    return std::nullopt;
  return std::pair{at + (is_mark(t[at + 3], ".") ? 4U : 3U), t[at].is("p")};
}

enum class Half { none, morning, noon, afternoon };

/// What says which half of the day it is: behind the time, or before it.
Half half_of_day(const TokenView& t, FoundTime& time) {
  if (!is_mark(t[time.end], ".,")) {
    if (const auto spelled = spelled_half(t, time.end)) {
      time.end = spelled->first;
      return spelled->second ? Half::afternoon : Half::morning;
    }
    for (const auto& [kind, half] : {std::pair{DateWord::am, Half::morning},
                                     {DateWord::pm, Half::afternoon},
                                     {DateWord::morning, Half::morning},
                                     {DateWord::noon, Half::noon},
                                     {DateWord::afternoon, Half::afternoon}}) {
      const auto found = t.word(time.end, kind);
      if (!found) continue;
      time.end = found->end;
      return half;
    }
  }
  if (t.word_before(time.begin, DateWord::afternoon)) return Half::afternoon;
  if (t.word_before(time.begin, DateWord::noon)) return Half::noon;
  return t.word_before(time.begin, DateWord::morning) ? Half::morning : Half::none;
}

void apply_half_of_day(const TokenView& t, FoundTime& time) {
  constexpr int noon_ends = 6;
  const auto half = half_of_day(t, time);
  // "13:00 PM" is 13:00: a 24-hour clock with an idle label.
  if (half == Half::afternoon && time.hour < 12) time.hour += 12;
  if (half == Half::noon && time.hour < noon_ends) time.hour += 12;
  if (half == Half::morning && time.hour == 12) time.hour = 0;
}

std::optional<minutes> zone_name(std::string_view name, minutes local) {
  constexpr minutes china{480};
  if (name == "cst" && local == china) return china;
  // RFC 822 section 5.1 and those that mean one zone to all papers, or nearly.
  constexpr std::array<std::pair<std::string_view, int>, 37> names = {
      {{"z", 0},      {"gmt", 0},     {"utc", 0},     {"ut", 0},     {"wet", 0},    {"est", -300},
       {"edt", -240}, {"cst", -360},  {"cdt", -300},  {"mst", -420}, {"mdt", -360}, {"pst", -480},
       {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"brt", -180}, {"art", -180},
       {"bst", 60},   {"west", 60},   {"cet", 60},    {"cest", 120}, {"mez", 60},   {"mesz", 120},
       {"eet", 120},  {"eest", 180},  {"sast", 120},  {"msk", 180},  {"мск", 180},  {"ist", 330},
       {"ict", 420},  {"wib", 420},   {"hkt", 480},   {"sgt", 480},  {"jst", 540},  {"kst", 540},
       {"aest", 600}}};
  for (const auto& [known, offset] : names)
    if (known == name) return minutes{offset};
  return std::nullopt;
}

/// 18:05, 18:05:00, 18:05:00.125; the token behind it is set.
void read_clock(const TokenView& t, FoundTime& out) {
  out.minute = static_cast<int>(t[out.begin + 2].value);
  out.end = out.begin + 3;
  if (!t[out.end].is(":") || !t[out.end + 1].is_number(1, 2)) return;
  out.second = static_cast<int>(t[out.end + 1].value);
  out.precision = DatePrecision::second;
  out.end += 2;
  if (is_mark(t[out.end], ".,") && t[out.end + 1].is_number(1, 9) && !t[out.end + 1].gap)
    out.end += 2;
}

/// Behind the "h" at `mark_end`: 18h, 18h05, 18 giờ 05 phút, 18時05分.
void read_minutes(const TokenView& t, std::size_t mark_end, FoundTime& out) {
  out.end = mark_end;
  const bool abbreviated = t[mark_end - 1].text.size() == 1;
  const auto& number = t[mark_end];
  if (!number.is_number(1, 2) || (number.gap && abbreviated) || is_mark(t[mark_end + 1], "-/.")) {
    out.precision = DatePrecision::hour;
    return;
  }
  out.minute = static_cast<int>(number.value);
  out.end = mark_end + 1;
  if (const auto mark = t.word(out.end, DateWord::minute_mark)) out.end = mark->end;
}

/// "29.02.2020 13.12": where dates have full stops, times have them too.
bool behind_dotted_date(const TokenView& t, std::size_t at) {
  return at >= 2 && t[at].gap && t[at - 1].is_number(4, 4) && t[at - 2].is(".") &&
         t[at].value < 24 && t[at + 2].value < 60 && !is_mark(t[at + 3], ".-/");
}

/// "pukul 18.05", "kl. 18.05".
bool is_announced(const TokenView& t, std::size_t at) {
  return t.word_before(at, DateWord::clock) ||
         (at > 1 && is_mark(t[at - 1], ".") && t.word_before(at - 1, DateWord::clock));
}

/// The time of ISO 8601's basic format: T180500 behind a date of eight digits.
std::optional<FoundTime> basic_time(const TokenView& t, std::size_t at) {
  const bool behind_date = at >= 2 && t[at - 1].is("t") && !t[at].gap && t[at - 2].is_number(8, 8);
  if (!behind_date || (!t[at].is_number(4, 4) && !t[at].is_number(6, 6))) return std::nullopt;
  const auto pair = [&](std::size_t from) {
    return (t[at].text[from] - '0') * 10 + (t[at].text[from + 1] - '0');
  };
  FoundTime out{.hour = pair(0), .minute = pair(2), .begin = at, .end = at + 1};
  if (t[at].text.size() == 6) {
    out.second = pair(4);
    out.precision = DatePrecision::second;
    if (is_mark(t[out.end], ".,") && t[out.end + 1].is_number(1, 9) && !t[out.end + 1].gap)
      out.end += 2;
  }
  out.possible = out.hour <= 23 && out.minute <= 59 && out.second <= 60;
  return out;
}

}  // namespace

std::optional<FoundTime> time_at(const TokenView& t, std::size_t at) {
  if (!t[at].is_number(1, 2)) return basic_time(t, at);
  FoundTime out{.hour = static_cast<int>(t[at].value), .begin = at};
  const auto& mark = t[at + 1];
  const bool seconds = t[at + 3].is(":") && t[at + 4].is_number(1, 2) && !t[at + 4].gap;
  const bool pair = t[at + 2].is_number(seconds && mark.is(":") ? 1 : 2, 2) && !t[at + 2].gap;
  // "18.05" alone is as well a date or a price.
  const bool dotted = mark.is(".") && pair && !mark.gap &&
                      (is_announced(t, at) || behind_dotted_date(t, at) ||
                       t.word(at + 3, DateWord::am) || t.word(at + 3, DateWord::pm) ||
                       spelled_half(t, at + 3) || t.word(at + 3, DateWord::behind_time));
  if (mark.is(":") && pair) {
    read_clock(t, out);
  } else if (dotted) {
    out.minute = static_cast<int>(t[at + 2].value);
    out.end = at + 3;
  } else if (const auto hour = t.word(at + 1, DateWord::hour_mark)) {
    read_minutes(t, hour->end, out);
  } else if (t.word(at + 1, DateWord::am) || t.word(at + 1, DateWord::pm) ||
             spelled_half(t, at + 1)) {
    out.precision = DatePrecision::hour;
    out.end = at + 1;
  } else {
    return std::nullopt;
  }
  out.possible = out.hour <= 23 && out.minute <= 59 && out.second <= 60;
  apply_half_of_day(t, out);
  return out;
}

std::optional<FoundTime> nearest_time(const TokenView& t, const FoundDate& date) {
  if (date.time) return date.time;
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

std::optional<FoundZone> zone_at(const TokenView& t, std::size_t at, minutes local) {
  if (is_mark(t[at], "(,|")) ++at;
  std::optional<FoundZone> named;
  if (t[at].kind == DateToken::Kind::word) {
    const auto offset = zone_name(t[at].text, local);
    if (!offset) return std::nullopt;
    ++at;
    named = FoundZone{.offset = *offset, .end = at};
  }
  if (is_mark(t[at], ":-") && is_mark(t[at + 1], "+-")) ++at;  // "--0700"
  if (!is_mark(t[at], "+-−")) return named;
  const int sign = t[at].is("+") ? 1 : -1;
  const auto& hours = t[at + 1];
  if (hours.gap) return named;
  if (hours.is_number(4, 4) && hours.value <= 1400 && hours.value % 100 < 60)
    return FoundZone{.offset = minutes{sign * (hours.value / 100 * 60 + hours.value % 100)},
                     .end = at + 2,
                     .spelled = true};
  if (!hours.is_number(1, 2) || hours.value > 14) return named;
  if (t[at + 2].is(":") && t[at + 3].is_number(2, 2) && t[at + 3].value < 60)
    return FoundZone{.offset = minutes{sign * (hours.value * 60 + t[at + 3].value)},
                     .end = at + 4,
                     .spelled = true};
  // A printed GMT+7 may stand alone, and 18:05:00+07; a bare "-7" is no zone.
  const bool joined = hours.is_number(2, 2) && at >= 2 && t[at - 1].is_number(2, 9) &&
                      is_mark(t[at - 2], ":.") && !is_mark(t[at + 2], "-/.:");
  if (!named && !joined) return std::nullopt;
  return FoundZone{.offset = minutes{sign * hours.value * 60}, .end = at + 2};
}

}  // namespace tinwatch::parsers
