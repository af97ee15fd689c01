#include "parsers/dates.hpp"

#include "core/text.hpp"
#include "dates/forms.hpp"
#include "html/dom.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono;

constexpr std::size_t longest_text = 300;

OffsetTime place(Instant local, std::optional<minutes> offset, const DateContext& context) {
  const auto used = offset ? *offset : context.zone.offset_at_local(local);
  return {.at = local - used, .offset = used};
}

int year_near(const FoundDate& date, Instant reference, const DateContext& context) {
  const auto local = reference + context.zone.offset_at(reference);
  const int year = static_cast<int>(year_month_day(floor<days>(local)).year());
  for (const int candidate : {year + 1, year}) {
    const auto at = civil(candidate, date.month, date.day, 0, 0, 0);
    if (at && *at <= local + days(2)) return candidate;
  }
  return year - 1;
}

std::optional<PrintedDate> assemble(const TokenView& t, FoundDate date, std::string_view raw,
                                    const DateContext& context) {
  if (date.year == 0) {
    if (!context.reference || date.month < 1 || date.month > 12) return std::nullopt;
    date.year = year_near(date, *context.reference, context);
  }
  const auto time =
      date.precision == DatePrecision::day ? nearest_time(t, date) : std::optional<FoundTime>();
  if (time && !time->possible) return std::nullopt;
  const auto local = civil(date.year, date.month, date.day, time ? time->hour : 0,
                           time ? time->minute : 0, time ? time->second : 0);
  if (!local) return std::nullopt;
  std::optional<minutes> offset;
  bool spelled = false;
  if (time) {
    const auto own = context.zone.offset_at_local(*local);
    auto zone = zone_at(t, time->end, own);
    if (!zone) zone = zone_at(t, date.end, own);
    if (zone) {
      offset = zone->offset;
      spelled = zone->spelled;
    }
  }
  PrintedDate out{.time = place(*local, offset, context),
                  .raw = std::string(raw),
                  .precision = time ? time->precision : date.precision};
  out.time.spelled = spelled;
  return out;
}

/// An age of `n` units before `now`, which is what clocks show there.
std::pair<Instant, DatePrecision> age_before(Instant now, std::int64_t n, DateWord unit) {
  if (unit == DateWord::second) return std::pair{now - seconds(n), DatePrecision::second};
  if (unit == DateWord::minute) return std::pair{now - minutes(n), DatePrecision::minute};
  if (unit == DateWord::hour) return std::pair{now - hours(n), DatePrecision::hour};
  if (unit == DateWord::day) return std::pair{now - days(n), DatePrecision::day};
  if (unit == DateWord::week) return std::pair{now - days(7 * n), DatePrecision::day};
  const year_month_day today(floor<days>(now));
  if (unit == DateWord::month_unit) {
    const auto then = today - months(static_cast<int>(n));
    return std::pair{Instant{sys_days(then.year() / then.month() / 1)}, DatePrecision::month};
  }
  const auto then = today.year() - years(static_cast<int>(n));
  return std::pair{Instant{sys_days(then / 1 / 1)}, DatePrecision::year};
}

/// "2 giờ trước", "cách đây 3 ngày", "3 days ago", "hôm qua, 20:15", "yesterday".
std::optional<PrintedDate> relative_date(const TokenView& t, std::string_view raw,
                                         const DateContext& context) {
  if (!context.reference) return std::nullopt;
  const auto offset = context.zone.offset_at(*context.reference);
  const Instant now = *context.reference + offset;  // as clocks there show it
  const auto printed = [&](Instant local, DatePrecision precision) {
    return PrintedDate{{.at = local - offset, .offset = offset}, std::string(raw), precision};
  };
  constexpr std::array near_days = {std::pair{DateWord::day_before_yesterday, 2},
                                    std::pair{DateWord::yesterday, 1},
                                    std::pair{DateWord::today, 0}};
  constexpr std::array units = {DateWord::month_unit, DateWord::week,   DateWord::day,
                                DateWord::hour,       DateWord::minute, DateWord::second,
                                DateWord::year_unit};
  for (std::size_t i = 0; i < t.size(); ++i) {
    for (const auto& [word, back] : near_days) {
      const auto found = t.word(i, word);
      if (!found) continue;
      const year_month_day date(floor<days>(now) - days(back));
      return assemble(t,
                      {.year = static_cast<int>(date.year()),
                       .month = static_cast<int>(static_cast<unsigned>(date.month())),
                       .day = static_cast<int>(static_cast<unsigned>(date.day())),
                       .begin = i,
                       .end = found->end},
                      raw, context);
    }
    if (t.word(i, DateWord::now)) return printed(now, DatePrecision::minute);
    if (!t[i].is_number(1, 4)) continue;
    for (const auto unit : units) {
      const auto found = t.word(i + 1, unit);
      if (!found) continue;
      if (!t.word(found->end, DateWord::ago) && !t.word_before(i, DateWord::before_age)) continue;
      const auto [then, precision] = age_before(now, t[i].value, unit);
      return printed(then, precision);
    }
  }
  return std::nullopt;
}

/// A text of digits alone: epoch seconds or milliseconds, 20240115, or the number of an article
/// of a Vietnamese paper (its time stamp), read from the left because its tail varies.
std::optional<PrintedDate> digits_date(std::string_view text, const DateContext& context) {
  if (!is_digits(text)) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t n) {
    return std::atoi(std::string(text.substr(at, n)).c_str());
  };
  const auto stamp = [&](std::size_t at, int year, DatePrecision precision) {
    const auto local = precision == DatePrecision::day
                           ? civil(year, part(at, 2), part(at + 2, 2), 0, 0, 0)
                           : civil(year, part(at, 2), part(at + 2, 2), part(at + 4, 2),
                                   part(at + 6, 2), part(at + 8, 2));
    std::optional<PrintedDate> out;
    if (local)
      out = PrintedDate{place(*local, std::nullopt, context), std::string(text), precision};
    return out;
  };
  const bool this_century = text.starts_with("20") || text.starts_with("19");
  if (text.size() == 8 && this_century) return stamp(4, part(0, 4), DatePrecision::day);
  if (text.size() >= 14 && text.size() <= 18 && this_century)
    if (auto out = stamp(4, part(0, 4), DatePrecision::second)) return out;
  if (text.size() >= 16 && text.size() <= 18 && text.front() == '1')
    return stamp(5, 2000 + part(3, 2), DatePrecision::second);
  if (text.front() == '1' && (text.size() == 10 || text.size() == 13)) {
    const Instant at{
        milliseconds(std::atoll(std::string(text).c_str()) * (text.size() == 10 ? 1000 : 1))};
    const auto offset = context.zone.offset_at(at);
    return PrintedDate{
        {.at = floor<seconds>(at), .offset = offset}, std::string(text), DatePrecision::second};
  }
  return std::nullopt;
}

std::optional<PrintedDate> read_date(std::string_view text, const DateContext& context) {
  text = trim(text);
  if (text.empty() || text.size() > longest_text) return std::nullopt;
  std::string decoded;
  if (text.find("&#") != std::string_view::npos) text = decoded = plain_text(text);
  if (auto digits = digits_date(text, context)) return digits;
  const auto tokens = tokenise_date(text);
  const TokenView t(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if ((tokens[i].is("âm") && t[i + 1].is("lịch")) || tokens[i].is("lunar")) return std::nullopt;

  std::optional<FoundDate> month_only;
  std::optional<FoundDate> no_year;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (const auto time = time_at(t, i); time && time->end > i + 1) {
      i = time->end - 1;
      continue;
    }
    const auto found = date_at(t, i, context.month_first);
    if (!found) continue;
    i = found->end - 1;
    if (found->year == 0) {
      if (!no_year) no_year = found;
    } else if (found->precision == DatePrecision::day) {
      return assemble(t, *found, text, context);
    } else if (!month_only) {
      month_only = found;
    }
  }
  if (no_year)
    if (auto out = assemble(t, *no_year, text, context)) return out;
  if (auto out = relative_date(t, text, context)) return out;
  if (month_only) return assemble(t, *month_only, text, context);
  return std::nullopt;
}

}  // namespace

std::optional<PrintedDate> parse_date(std::string_view text, const DateContext& context) {
  auto date = read_date(text, context);
  // Ages and epochs reach further than any newspaper.
  const bool possible = date && date->time.at >= *civil(first_year, 1, 1, 0, 0, 0) &&
                        date->time.at < *civil(last_year + 1, 1, 1, 0, 0, 0);
  return possible ? date : std::nullopt;
}

bool is_date_line(std::string_view text) {
  if (!has_digit(text) || text.size() > longest_text) return false;
  for (const auto& token : tokenise_date(text))
    if (token.kind == DateToken::Kind::word && !is_date_word(token.text)) return false;
  DateContext context;
  context.reference = Instant{};  // a day without a year is a date line too
  return parse_date(text, context).has_value();
}

}  // namespace tinwatch::parsers
