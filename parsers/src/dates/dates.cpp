#include "parsers/dates.hpp"

#include "core/text.hpp"
#include "dates/forms.hpp"
#include "html/dom.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

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
  if (time) {
    offset = zone_at(t, time->end);
    if (!offset) offset = zone_at(t, date.end);
  }
  return PrintedDate{.time = place(*local, offset, context),
                     .raw = std::string(raw),
                     .precision = time ? time->precision : date.precision};
}

struct Unit {
  std::string_view name;
  DatePrecision precision;
};

/// "2 giờ trước", "cách đây 3 ngày", "3 days ago", "hôm qua, 20:15", "yesterday".
std::optional<PrintedDate> relative_date(const TokenView& t, std::string_view raw,
                                         const DateContext& context) {
  if (!context.reference) return std::nullopt;
  const auto offset = context.zone.offset_at(*context.reference);
  const Instant now = *context.reference + offset;  // as clocks there show it
  constexpr std::array<Unit, 20> units = {
      {{"giây", DatePrecision::second},    {"second", DatePrecision::second},
       {"seconds", DatePrecision::second}, {"phút", DatePrecision::minute},
       {"minute", DatePrecision::minute},  {"minutes", DatePrecision::minute},
       {"min", DatePrecision::minute},     {"mins", DatePrecision::minute},
       {"giờ", DatePrecision::hour},       {"tiếng", DatePrecision::hour},
       {"hour", DatePrecision::hour},      {"hours", DatePrecision::hour},
       {"ngày", DatePrecision::day},       {"day", DatePrecision::day},
       {"days", DatePrecision::day},       {"tháng", DatePrecision::month},
       {"month", DatePrecision::month},    {"months", DatePrecision::month},
       {"năm", DatePrecision::year},       {"year", DatePrecision::year}}};
  const auto at_day = [&](int back) -> std::optional<PrintedDate> {
    const year_month_day date(floor<days>(now) - days(back));
    FoundDate found{.year = static_cast<int>(date.year()),
                    .month = static_cast<int>(static_cast<unsigned>(date.month())),
                    .day = static_cast<int>(static_cast<unsigned>(date.day()))};
    return assemble(t, found, raw, context);
  };
  const auto printed = [&](Instant local, DatePrecision precision) {
    return PrintedDate{{.at = local - offset, .offset = offset}, std::string(raw), precision};
  };
  for (std::size_t i = 0; i < t.size(); ++i) {
    if ((t[i].is("hôm") && t[i + 1].is("qua")) || t[i].is("yesterday")) return at_day(1);
    if ((t[i].is("hôm") && t[i + 1].is("nay")) || t[i].is("today")) return at_day(0);
    if (t[i].is("vừa") && t[i + 1].is("xong")) return printed(now, DatePrecision::minute);
    if (!t[i].is_number(1, 4)) continue;
    const bool ago = is_word(t[i + 2], {"trước", "ago"}) ||
                     (i >= 2 && t[i - 2].is("cách") && t[i - 1].is("đây"));
    if (!ago) continue;
    const auto n = t[i].value;
    if (is_word(t[i + 1], {"tuần", "week", "weeks"}))
      return printed(now - days(7 * n), DatePrecision::day);
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& one) {
      return t[i + 1].is(one.name) ||
             (one.precision == DatePrecision::year && t[i + 1].is("years"));
    });
    if (unit == units.end()) continue;
    const year_month_day today(floor<days>(now));
    switch (unit->precision) {
      case DatePrecision::second: return printed(now - seconds(n), unit->precision);
      case DatePrecision::minute: return printed(now - minutes(n), unit->precision);
      case DatePrecision::hour: return printed(now - hours(n), unit->precision);
      case DatePrecision::day: return printed(now - days(n), unit->precision);
      case DatePrecision::month: {
        const auto then = today - months(static_cast<int>(n));
        return printed(Instant{sys_days(then.year() / then.month() / 1)}, unit->precision);
      }
      case DatePrecision::year: {
        const auto then = today.year() - years(static_cast<int>(n));
        return printed(Instant{sys_days(then / 1 / 1)}, unit->precision);
      }
    }
  }
  return std::nullopt;
}

/// A text of digits alone: epoch seconds or milliseconds, 20240115, or the number of an article
/// of a Vietnamese paper (its time stamp), read from the left because its tail varies.
std::optional<PrintedDate> digits_date(std::string_view text, const DateContext& context) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  if (!digits) return std::nullopt;
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
  if (const auto rfc = parse_rfc822(text))
    return PrintedDate{*rfc, std::string(text), DatePrecision::second};
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
