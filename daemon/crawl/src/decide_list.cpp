#include "decide_list.hpp"

#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "decide_parts.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using storage::FoundUrl;

constexpr int most_further_pages = 10;
constexpr int least_new_in_gap = 5;
constexpr std::size_t most_news_of_an_empty_list = 3;
/// The pages of several lists link each other: none is read twice for one gap.
constexpr Duration further_unread_for = 1h;

/// How many of a list's articles are new when it may have named others meanwhile that are gone from
/// it: two thirds, because boxes of older pieces stand beside a list.
int new_in_gap(const std::vector<FoundUrl>& found) {
  const auto articles = std::count_if(found.begin(), found.end(), [](const FoundUrl& one) {
    return one.kind == TargetKind::article;
  });
  return std::max(least_new_in_gap, (static_cast<int>(articles) * 2 + 2) / 3);
}

storage::NextVisit next_look_at(const SourcePlan& source, const ListSighting& sighting) {
  const auto& poll = source.poll;
  if (poll.min == poll.max)
    return {sighting.now + sighting.wait, "every " + to_text(poll.min) + " (poll)"};
  const auto wait = std::max(with_jitter(sighting.wait, sighting.item, sighting.now), poll.min);
  return {sighting.now + wait,
          "by when the site publishes, what this list brings, and what its host may be asked"};
}

/// What a source's first sweep finds was there before anybody watched; so is what a start page
/// names that was added later. A list that is found later, a section or the sitemap of a new day,
/// brings news at once, and so does every list that has named articles before. One that named none
/// until now has only been empty, if it names a few and others have shown what the source has.
Discovery discovery_of(const SourcePlan& source, const ListSighting& sighting) {
  const auto& item = sighting.item;
  const bool is_start =
      std::find(source.start.begin(), source.start.end(), item.url) != source.start.end();
  const bool of_first_sweep = is_start || item.discovery == Discovery::baseline;
  if (item.further_page > 0 || item.has_named || !of_first_sweep) return Discovery::live;
  if (!item.last_success_at || !item.source_has_articles) return Discovery::baseline;
  const auto articles = sighting.list ? articles_in(sighting.list->found).size() : 0;
  return articles <= most_news_of_an_empty_list ? Discovery::live : Discovery::baseline;
}

storage::VisitEnd end_of(const SourcePlan& source, ListSighting& sighting) {
  const auto& item = sighting.item;
  if (item.further_page > 0) return storage::Retired{.was_seen = true};
  const bool unmodified = sighting.outcome == VisitOutcome::not_modified;
  storage::Seen seen{.next = next_look_at(source, sighting),
                     .validators = std::move(sighting.validators),
                     .shortcuts = unmodified ? item.shortcuts + 1 : 0};
  // One that has named articles is a list, whatever it shows today.
  if (sighting.list && sighting.list->none == NoArticles::is_article && !item.last_success_at) {
    seen.becomes_article = true;
    seen.next = {sighting.now, "it is an article and no list"};
  }
  return seen;
}

}  // namespace

bool names_all_news(const storage::FrontierItem& item, bool is_start, bool from_robots) {
  if (is_start || item.kind == TargetKind::feed) return true;
  const auto parts = parse_url(item.url);
  return from_robots && parts && !has_digit(parts->path_and_query());
}

std::vector<std::string> articles_in(const std::vector<FoundUrl>& found) {
  std::vector<std::string> out;
  for (const auto& one : found)
    if (one.kind == TargetKind::article) out.push_back(one.url);
  return out;
}

storage::ListCommit decide_list(const SourcePlan& source, ListSighting sighting,
                                const monitor::UrlBudget& urls) {
  const auto& item = sighting.item;
  const auto now = sighting.now;
  storage::ListCommit commit{
      .frontier = {.row = item.row, .visited_at = now, .outcome = sighting.outcome},
      .source = item.source_row,
      .at = now,
      .discovery = discovery_of(source, sighting),
      .url = item.url,
      .list_read_at = item.further_page > 0 ? item.list_read_at : item.last_success_at,
      .most_of_source = urls.room_of_source(item.source, now),
      .most_new_hosts = urls.new_hosts(item.source, now),
      .further = {now, "news may have gone by on the page before"},
      .further_unread_since = now - further_unread_for};
  commit.frontier.end = end_of(source, sighting);
  if (auto& list = sighting.list) {
    commit.found = std::move(list->found);
    if (commit.discovery == Discovery::live && item.further_page < most_further_pages)
      commit.next = std::move(list->next);
    commit.gap = new_in_gap(commit.found);
    commit.further_page = item.further_page + 1;
  }
  for (const auto& sitemap : sighting.sitemaps)
    if (const auto url = canonical_url(sitemap); url && source.scope->holds(*url))
      commit.found.push_back({*url, host_key(*url), TargetKind::sitemap});
  for (auto& found : commit.found) {
    found.priority = storage::priority_of(found.kind, commit.discovery);
    commit.most_new.try_emplace(found.host, urls.room(found.host, now));
  }
  return commit;
}

}  // namespace tinwatch::crawl
