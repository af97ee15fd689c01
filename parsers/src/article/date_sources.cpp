#include "article/date_sources.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "language/phrase_set.hpp"
#include "regex.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::parsers {

using language::phrases_of;
using language::WordKind;

std::optional<PrintedDate> read_day(std::string_view text, const DateContext& context) {
  constexpr std::size_t shortest = 4;  // bytes
  if (text.size() < shortest) return std::nullopt;
  auto date = parse_date(text, context);
  if (date && date->precision > DatePrecision::day) return std::nullopt;
  return date;
}

bool prints_month_first(const Head& head, const std::string& url) {
  const auto is_american = [](std::string_view tag) {
    return iequals(tag, "en-us") || iequals(tag, "en_us");
  };
  const auto locale = head.first({"og:locale"});
  if (!locale.empty() && !is_american(locale)) return false;
  if (!is_american(head.language) && (locale.empty() || !head.language.starts_with("en")))
    return false;
  const auto parts = parse_url(url);
  const auto top = parts ? parts->host.substr(parts->host.rfind('.') + 1) : std::string();
  // Countries' names that everybody registers.
  constexpr std::array<std::string_view, 8> open = {"us", "io", "co", "tv", "me", "ai", "fm", "to"};
  const bool country = top.size() == 2 && !has_digit(top);
  return !country || std::find(open.begin(), open.end(), top) != open.end();
}

bool is_labelled(std::string_view line) {
  return phrases_of<WordKind::published, WordKind::dated>().find(line).has_value();
}

bool is_labelled_update(std::string_view line) {
  return phrases_of<WordKind::updated>().find(line).has_value();
}

bool is_label_of_publication(std::string_view line) {
  return phrases_of<WordKind::published>().is_whole(line);
}

std::string_view published_part(std::string_view line) {
  const auto ours = phrases_of<WordKind::published>().find(line);
  if (!ours) return line;
  const auto theirs = phrases_of<WordKind::updated>().find(line);
  if (!theirs) return line;
  const auto rest = line.substr(ours->begin);
  if (theirs->begin < ours->begin) return has_digit(rest) ? rest : line;
  const auto part = line.substr(ours->begin, theirs->begin - ours->begin);
  return has_digit(part) ? part : line;
}

bool opens_posted_sentence(std::string_view text) {
  return phrases_of<WordKind::posted>().opens(text);
}

std::chrono::sys_days local_day(const PrintedDate& date) {
  return std::chrono::floor<std::chrono::days>(date.time.at + date.time.offset);
}

bool is_in_other_order(const PrintedDate& one, const PrintedDate& other) {
  const std::chrono::year_month_day a(local_day(one));
  const std::chrono::year_month_day b(local_day(other));
  return a.year() == b.year() &&
         static_cast<unsigned>(a.month()) == static_cast<unsigned>(b.day()) &&
         static_cast<unsigned>(a.day()) == static_cast<unsigned>(b.month());
}

void take_declared_order(const Dom& dom, Dom::Index text, const DateContext& context,
                         PrintedDate& date) {
  constexpr int most_round = 3;  // elements
  for (int far = 0; far < most_round && text != Dom::none; ++far, text = dom[text].parent) {
    if (dom[text].tag != GUMBO_TAG_TIME) continue;
    const auto declared = read_day(dom.attribute(text, "datetime"), context);
    if (!declared) return;
    if (local_day(date) != local_day(*declared) && is_in_other_order(date, *declared))
      date.time = declared->time;
    return;
  }
}

std::optional<PrintedDate> date_in_address(const std::string& url, const DateContext& context) {
  static const RE2 path(R"(/((?:19|20)\d\d)[-/](\d\d?)[-/](\d\d?)(?:[-/_.]|$))");
  static const RE2 compact(R"([/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?:[/_.-]|$))");
  static const RE2 stamp(R"(-(\d{16,18})\.(?:htm|html|chn|vnp|tpo)$)");
  const auto parts = parse_url(url);
  if (!parts) return std::nullopt;
  std::string digits;
  if (RE2::PartialMatch(parts->path, stamp, &digits)) return read_day(digits, context);
  std::string year;
  std::string month;
  std::string day;
  if (!RE2::PartialMatch(parts->path, path, &year, &month, &day) &&
      !RE2::PartialMatch(parts->path, compact, &year, &month, &day))
    return std::nullopt;
  return read_day(year + '-' + month + '-' + day, context);
}

std::optional<PrintedDate> date_in_state(std::string_view html, const DateContext& context) {
  static const RE2 field(
      R"re((?i)(?:\\?"|&quot;)(?:[a-z_-]*publi[a-z_-]*|pub_?date|date_?created|created_?at)(?:\\?"|&quot;)\s*:\s*(?:\\?"|&quot;)([^"\\&]{8,40}))re");
  std::string value;
  if (!RE2::PartialMatch(piece(html), field, &value)) return std::nullopt;
  return read_day(value, context);
}

bool correct_clock(PrintedDate& declared, const PrintedDate& line) {
  if (line.precision > DatePrecision::minute) return false;
  const auto clock = [](const PrintedDate& date) {
    return std::chrono::floor<std::chrono::minutes>(date.time.at + date.time.offset);
  };
  const auto ahead = clock(line) - clock(declared);
  if (ahead == Duration{0}) {
    if (line.time.offset == declared.time.offset || line.raw.find("GMT") == std::string::npos)
      return false;
    const auto local = declared.time.at + declared.time.offset;
    declared.time = {.at = local - line.time.offset, .offset = line.time.offset};
    declared.raw = line.raw;
    return true;
  }
  const bool zone = ahead % std::chrono::minutes{30} == Duration{0} &&
                    ahead >= -std::chrono::hours{12} && ahead <= std::chrono::hours{14};
  if (declared.time.offset == std::chrono::minutes{0} && zone)
    declared.time.offset = std::chrono::duration_cast<std::chrono::minutes>(ahead);
  return false;
}

}  // namespace tinwatch::parsers
