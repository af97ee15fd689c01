#include "monitor/url_trap.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_segments = 12;
constexpr int most_repetitions = 2;
constexpr std::size_t most_parameters = 10;
constexpr double enough_visits = 200;
constexpr double least_articles = 0.05;  // of new addresses
constexpr int left_to_a_trap = 50;       // a day

/// `2031` in `/2031/`, `/2031-04` or `?year=2031`; 0: none.
int year_in(std::string_view text) {
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    const bool starts = i == 0 || !is_digit(text[i - 1]);
    const bool ends = i + 4 == text.size() || !is_digit(text[i + 4]);
    const auto four = text.substr(i, 4);
    if (starts && ends && std::all_of(four.begin(), four.end(), is_digit))
      return (four[0] - '0') * 1000 + (four[1] - '0') * 100 + (four[2] - '0') * 10 + four[3] - '0';
  }
  return 0;
}

/// A whole segment or parameter that is a date: numbers of a headline are none.
bool is_date_part(std::string_view part) {
  return !part.empty() && part.size() <= 10 && std::all_of(part.begin(), part.end(), [](char c) {
    return is_digit(c) || c == '-' || c == '.';
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
  const auto is_future = [&](std::string_view part) {
    const int year = is_date_part(part) ? year_in(part) : 0;
    return year > next_year && year < 2200;
  };
  bool calendar = std::any_of(segments.begin(), segments.end(), is_future);
  for (const auto parameter : parameters)
    if (const auto equals = parameter.find('='); equals != std::string_view::npos)
      calendar = calendar || is_future(parameter.substr(equals + 1));
  return calendar ? "a calendar of years to come" : "";
}

bool UrlBudget::is_trap(const std::string& host) const {
  const auto found = hosts_.find(host);
  return found != hosts_.end() && found->second.visits >= enough_visits &&
         found->second.articles < least_articles * found->second.visits;
}

int UrlBudget::room(const std::string& host, Instant now) {
  auto& state = hosts_[host];
  if (now - state.day >= 24h) {
    state.day = now;
    state.added = 0;
  }
  return std::max(0, (is_trap(host) ? left_to_a_trap : most_a_day_) - state.added);
}

void UrlBudget::note_visit(const std::string& host, bool is_new_article) {
  constexpr double memory = 2 * enough_visits;
  auto& state = hosts_[host];
  if (state.visits >= memory) {
    state.articles *= 0.5;
    state.visits *= 0.5;
  }
  state.visits += 1;
  state.articles += is_new_article ? 1 : 0;
}

}  // namespace tinwatch::monitor
