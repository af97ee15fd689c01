#include "monitor/list_coverage.hpp"

#include "core/back_off.hpp"

#include <algorithm>
#include <functional>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr Duration patience = 12h;  // twice the longest wait between two reads of a list
constexpr Duration forgotten_after = 7 * 24h;
constexpr std::size_t most_recent = 1000;

std::uint64_t hash_of(const std::string& url) { return std::hash<std::string>{}(url); }

}  // namespace

void ListCoverage::note_visit(const std::string& list, bool answered, Instant now) {
  auto& state = lists_[list];
  if (state.complete_since == Instant{}) state.complete_since = now;
  state.last_visit = now;
  state.fails = !answered;
}

bool ListCoverage::is_named(const Article& article, const List& list) {
  return std::binary_search(list.names.begin(), list.names.end(), article.url);
}

void ListCoverage::note_names(const std::string& list, const std::vector<std::string>& urls,
                              Instant now) {
  auto& state = lists_[list];
  std::vector<std::uint64_t> names;
  names.reserve(urls.size());
  for (const auto& url : urls) names.push_back(hash_of(url));
  std::sort(names.begin(), names.end());
  const bool overlaps = std::any_of(names.begin(), names.end(), [&](std::uint64_t name) {
    return std::binary_search(state.names.begin(), state.names.end(), name);
  });
  // A short feed, read seldom, has named others meanwhile, and nobody saw them.
  if (!overlaps) state.complete_since = now;
  state.names = std::move(names);
  for (auto& article : recent_) {
    auto& by = article.named_by;
    if (is_named(article, state) && std::find(by.begin(), by.end(), &state) == by.end())
      by.push_back(&state);
  }
}

void ListCoverage::note_article(const std::string& url, Instant now) {
  Article article{.url = hash_of(url), .found = now, .named_by = {}};
  for (const auto& [name, list] : lists_)
    if (is_named(article, list)) article.named_by.push_back(&list);
  recent_.push_back(std::move(article));
  if (recent_.size() > most_recent) recent_.pop_front();
}

void ListCoverage::clock_was_set(Duration by) {
  for (auto& [name, list] : lists_) {
    list.complete_since += by;
    list.last_visit += by;
  }
  for (auto& article : recent_) article.found += by;
}

void ListCoverage::judge(const Article& article) {
  const auto& by = article.named_by;
  // Named by none: it was found before a restart, or on a list that is not compared.
  if (by.empty()) return;
  for (auto& [name, list] : lists_) {
    const auto asked_until = list.fails ? list.last_visit + longest_back_off : list.last_visit;
    if (list.complete_since > article.found || asked_until < article.found) continue;
    list.judged += 1;
    list.habit.note(std::find(by.begin(), by.end(), &list) != by.end(), list.judged);
  }
}

std::vector<std::string> ListCoverage::broken(Instant now) {
  while (!recent_.empty() && now - recent_.front().found >= patience) {
    judge(recent_.front());
    recent_.pop_front();
  }
  std::vector<std::string> out;
  for (const auto& [name, list] : lists_)
    if (list.habit.is_broken() && now - list.last_visit < forgotten_after) out.push_back(name);
  return out;
}

void ListCoverage::restore_broken(const std::vector<std::string>& lists, Instant now) {
  for (const auto& name : lists) {
    auto& list = lists_[name];
    list.complete_since = list.last_visit = now;
    list.judged = Habit::enough;
    list.habit.restore_broken();
  }
}

}  // namespace tinwatch::monitor
