#include "monitor/url_trap.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <vector>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_segments = 12;
constexpr int most_repetitions = 2;
constexpr std::size_t most_parameters = 10;
constexpr double enough_visits = 200;
constexpr double least_articles = 0.05;  // of new addresses
constexpr int left_to_a_trap = 50;       // a day
constexpr int hosts_in_a_source = 10;    // that bring as much as one may

/// The year of `2031`, `2031-04` or `2031-04-01`; 0 for anything else.
int year_of(std::string_view text) {
  const bool plain = text.size() == 4;
  const bool with_month = text.size() >= 7 && text.size() <= 10 && text[4] == '-';
  if (!plain && !with_month) return 0;
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '-'; });
  if (!digits || !std::all_of(text.begin(), text.begin() + 4, is_digit)) return 0;
  return (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
}

bool is_month(std::string_view text) {
  return (text.size() == 1 || text.size() == 2) && std::all_of(text.begin(), text.end(), is_digit);
}

/// `/2031/04` and `/2031-04` are a calendar's; `/2045` alone may be anything's number.
bool has_later_date(const std::vector<std::string_view>& segments, int than) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool dated =
        segments[i].size() > 4 || (i + 1 < segments.size() && is_month(segments[i + 1]));
    if (dated && year_of(segments[i]) > than) return true;
  }
  return false;
}

/// The same in a query, where the parameter may say that it is a year.
bool has_later_date_in_query(const std::vector<std::string_view>& parameters, int than) {
  return std::any_of(parameters.begin(), parameters.end(), [than](std::string_view parameter) {
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) return false;
    const auto name = parameter.substr(0, equals);
    const auto value = parameter.substr(equals + 1);
    const bool says_year = name == "year" || name == "nam" || name == "y";
    return (value.size() > 4 || says_year) && year_of(value) > than;
  });
}

}  // namespace

std::string_view trap_in(const UrlParts& url, Instant now) {
  const auto segments = split(std::string_view(url.path).substr(1), '/');
  if (segments.size() > most_segments) return "too many path segments";
  std::map<std::string_view, int> seen;
  for (const auto segment : segments)
    if (!segment.empty() && ++seen[segment] > most_repetitions) return "a path that repeats itself";
  const auto parameters = split(url.query, '&');
  if (parameters.size() > most_parameters) return "too many parameters";

  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  const int next_year = static_cast<int>(today.year()) + 1;
  const bool calendar =
      has_later_date(segments, next_year) || has_later_date_in_query(parameters, next_year);
  return calendar ? "a calendar of years to come" : "";
}

bool UrlBudget::is_trap(const std::string& host) const {
  const auto found = yields_.find(host);
  return found != yields_.end() && found->second.visits >= enough_visits &&
         found->second.articles < least_articles * found->second.visits;
}

int UrlBudget::room(const std::string& host, Instant now) const {
  return urls_.left(host, is_trap(host) ? left_to_a_trap : limits_.urls_of_a_host, now);
}

int UrlBudget::room_of_source(const std::string& source, Instant now) const {
  return source_urls_.left(source, hosts_in_a_source * limits_.urls_of_a_host, now);
}

int UrlBudget::new_hosts(const std::string& source, Instant now) const {
  return hosts_.left(source, limits_.hosts_of_a_source, now);
}

void UrlBudget::note_added(const std::string& source, const std::string& host, int added,
                           Instant now) {
  urls_.take(host, added, now);
  source_urls_.take(source, added, now);
}

void UrlBudget::note_hosts(const std::string& source, int added, Instant now) {
  hosts_.take(source, added, now);
}

void UrlBudget::note_visit(const std::string& host, bool is_new_article, Instant now) {
  constexpr double memory = 2 * enough_visits;
  forget_idle(now);
  auto& yield = yields_[host];
  if (yield.visits >= memory) {
    yield.articles *= 0.5;
    yield.visits *= 0.5;
  }
  yield.visits += 1;
  yield.articles += is_new_article ? 1 : 0;
  yield.last = now;
}

void UrlBudget::forget_idle(Instant now) {
  if (now - tidied_ < 1h) return;
  tidied_ = now;
  std::erase_if(yields_, [&](const auto& entry) { return now - entry.second.last > 7 * 24h; });
}

}  // namespace tinwatch::monitor
