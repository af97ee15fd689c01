#include "replay.hpp"

#include <algorithm>
#include <queue>

namespace tinwatch::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto followed = std::chrono::days{30};
constexpr auto early = 3h;
constexpr std::size_t list = static_cast<std::size_t>(-1);

struct Visit {
  Instant at;
  std::size_t page;  // index of an article, or `list`
  friend bool operator>(const Visit& a, const Visit& b) { return a.at > b.at; }
};

double minutes(Duration delay) {
  return std::chrono::duration<double, std::ratio<60>>(delay).count();
}

}  // namespace

Replay replay(const NewsYear& year, Strategy& strategy) {
  Replay out;
  std::priority_queue<Visit, std::vector<Visit>, std::greater<>> visits;
  std::vector<Watched> known;
  std::vector<std::size_t> next_edit(year.articles.size(), 0);
  visits.push({year_begin, list});

  const auto read_article = [&](std::size_t at, Instant now) {
    const auto& article = year.articles[at];
    auto& watched = known[at];
    ++out.article_requests;
    bool edited = false;
    for (auto& edit = next_edit[at]; edit < article.edits.size() && article.edits[edit] <= now;
         ++edit) {
      const auto made = article.edits[edit];
      if (made <= watched.found) continue;
      edited = true;
      if (made - article.published > followed) continue;
      out.edits.push_back(minutes(now - made));
      if (made - article.published <= early) out.early_edits.push_back(minutes(now - made));
    }
    watched.edits += edited ? 1 : 0;
    if (const auto wait = strategy.article_wait(watched, now, edited))
      visits.push({now + *wait, at});
  };

  while (!visits.empty() && visits.top().at < year_end) {
    const auto [now, page] = visits.top();
    visits.pop();
    if (page != list) {
      read_article(page, now);
      continue;
    }
    ++out.list_requests;
    int found = 0;
    while (known.size() < year.articles.size() && year.articles[known.size()].published <= now) {
      const auto published = year.articles[known.size()].published;
      out.new_articles.push_back(minutes(now - published));
      known.push_back({.published = published, .found = now});
      ++found;
    }
    const auto first = known.size() - static_cast<std::size_t>(found);
    for (auto at = first; at < known.size(); ++at) read_article(at, now);
    visits.push({now + strategy.list_wait(now, found), list});
  }
  return out;
}

double quantile(std::vector<double> delays, double share) {
  if (delays.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(delays.size() - 1));
  std::nth_element(delays.begin(), delays.begin() + at, delays.end());
  return delays[static_cast<std::size_t>(at)];
}

}  // namespace tinwatch::bench
