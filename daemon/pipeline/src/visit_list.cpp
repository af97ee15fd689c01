#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "decide_parts.hpp"
#include "monitor/shortcuts.hpp"
#include "pipeline/list_page.hpp"
#include "pipeline/pipeline.hpp"
#include "telemetry/log.hpp"

#include <algorithm>

namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;
using storage::FoundUrl;

constexpr int most_further_pages = 10;
constexpr int least_new_in_gap = 5;
/// The pages of several lists link each other: none is read twice for one gap.
constexpr Duration further_unread_for = 1h;

/// Whether a list is expected to name all news, as start pages and feeds do, and a sitemap that is
/// not one of many: a category names its own, and last month's sitemap nothing new.
bool names_all_news(const storage::FrontierItem& item, bool is_start, bool from_robots) {
  if (is_start || item.kind == TargetKind::feed) return true;
  const auto parts = parse_url(item.url);
  return from_robots && parts && !has_digit(parts->path_and_query());
}

/// How many of a list's articles are new when it may have named others meanwhile that are gone from
/// it: two thirds, because boxes of older pieces stand beside a list.
int new_in_gap(const std::vector<FoundUrl>& found) {
  const auto articles = std::count_if(found.begin(), found.end(), [](const FoundUrl& one) {
    return one.kind == TargetKind::article;
  });
  return std::max(least_new_in_gap, (static_cast<int>(articles) * 2 + 2) / 3);
}

std::vector<std::string> articles_in(const std::vector<FoundUrl>& found) {
  std::vector<std::string> out;
  for (const auto& one : found)
    if (one.kind == TargetKind::article) out.push_back(one.url);
  return out;
}

}  // namespace

Task<> Pipeline::visit_list(PlanPtr plan, storage::FrontierItem item) {
  const auto& source = plan->sources.at(item.source);
  if (item.parse_attempts >= crashes_before_skip) {
    co_await skip_killer(std::move(item));
    co_return;
  }
  const auto& shortcuts = plan->shortcuts;
  const bool once = item.further_page > 0;
  const bool conditional = !once && item.last_success_at && shortcuts.not_modified &&
                           item.shortcuts + 1 < monitor::whole_read_every &&
                           fetcher_.trusts_validators(item.host);
  auto response = co_await fetch(plan, item, conditional);
  const auto named = fetcher_.sitemaps(item.url);
  const bool from_robots = std::find(named.begin(), named.end(), item.url) != named.end();
  const bool is_start =
      std::find(source.start.begin(), source.start.end(), item.url) != source.start.end();
  const bool compared = names_all_news(item, is_start, from_robots);
  const bool answered = response && (response->status == 200 || response->status == 304);
  if (!once) health_.note_list(item.source, answered, clock_.now());
  if (compared) health_.note_visit(item.source, item.url, answered, clock_.now());
  if (!response) {
    const auto& error = response.error();
    const auto least = std::max(error.not_before, source.poll.min);
    co_await failed(std::move(item), error.detail, least);
    co_return;
  }
  const auto now = clock_.now();
  storage::Seen seen{.validators = item.validators, .shortcuts = item.shortcuts + 1};
  storage::ListCommit commit{
      .frontier = {.row = item.row, .visited_at = now, .outcome = VisitOutcome::not_modified},
      .source = item.source_row,
      .at = now,
      // What a list's first sweep finds was there before anybody watched.
      .discovery = item.last_success_at || once ? Discovery::live : Discovery::baseline,
      .url = item.url};
  bool is_article = false;
  if (response->status == 200) {
    const auto hash = sha256_hex(response->body);
    seen.shortcuts = 0;
    commit.frontier.outcome = VisitOutcome::bytes_equal;
    if (once || hash != item.validators.body_sha256 || !shortcuts.bytes_equal) {
      ListPage page{.url = response->url,
                    .content_type = response->content_type,
                    .coding = response->coding,
                    .body = std::move(response->body),
                    .max_body = plan->max_body,
                    .may_bring_lists = is_start || from_robots,
                    .fetched_at = now,
                    .scope = source.scope};
      auto list = co_await work_on(work_for(item), &read_list, std::move(page), source.site);
      if (!list.fault.empty()) {
        co_await failed(std::move(item), list.fault, source.poll.min);
        co_return;
      }
      commit.found = std::move(list.found);
      if (commit.discovery == Discovery::live && item.further_page < most_further_pages)
        commit.next = std::move(list.next);
      commit.gap = new_in_gap(commit.found);
      commit.further_page = item.further_page + 1;
      if (list.entries.cut_at > 0)
        log::warning("a feed or sitemap breaks off",
                     {{"source", item.source},
                      {"list", item.url},
                      {"line", std::to_string(list.entries.cut_at)},
                      {"entries", std::to_string(list.entries.in_bytes)},
                      {"read", std::to_string(list.entries.read)}});
      // One that has named articles is a list, whatever it shows today.
      is_article = !item.last_success_at && list.none == NoArticles::is_article;
      if (compared) {
        health_.note_names(item.source, item.url, articles_in(commit.found), now);
        health_.note_content(item.source, item.url, {list.none, list.entries.cut_at}, now);
      }
      commit.frontier.outcome = VisitOutcome::read;
    }
    if (is_start)
      for (const auto& sitemap : named)
        if (const auto url = canonical_url(sitemap); url && source.scope->holds(*url))
          commit.found.push_back({*url, host_key(*url), TargetKind::sitemap});
    seen.validators = {.etag = response->validators.etag,
                       .last_modified = response->validators.last_modified,
                       .body_sha256 = hash};
  } else if (response->status != 304 || !conditional) {
    co_await failed(std::move(item), "HTTP status " + std::to_string(response->status),
                    source.poll.min);
    co_return;
  }
  const bool live = commit.discovery == Discovery::live;
  const auto next_host = commit.next ? commit.next->host : std::string();
  auto wait = cadence_.list_wait(source, item, now);
  if (source.poll.min < source.poll.max)
    wait = std::max(with_jitter(wait, item, now), source.poll.min);
  seen.next = {
      now + wait,
      source.poll.min == source.poll.max
          ? "every " + to_text(source.poll.min) + " (poll)"
          : "by when the site publishes, what this list brings, and what its host may be asked"};
  if (is_article) {
    seen.becomes_article = true;
    seen.next = {now, "it is an article and no list"};
  }
  if (once)
    commit.frontier.end = storage::Retired{.was_seen = true};
  else
    commit.frontier.end = std::move(seen);
  commit.further = {now, "news may have gone by on the page before"};
  commit.further_unread_since = now - further_unread_for;
  for (auto& found : commit.found) {
    found.priority = storage::priority_of(found.kind, commit.discovery);
    commit.most_new.try_emplace(found.host, url_budget_.room(found.host, now));
  }
  commit.most_of_source = url_budget_.room_of_source(item.source, now);
  commit.most_new_hosts = url_budget_.new_hosts(item.source, now);
  const auto result = co_await store_.commit_list(std::move(commit));
  if (result.new_hosts > 0) url_budget_.note_hosts(item.source, result.new_hosts, now);
  std::int64_t added = 0;
  for (const auto& [host, count] : result.added) {
    if (count == 0) continue;
    added += count;
    url_budget_.note_added(item.source, host, count, now);
    if (on_found) on_found(host);
  }
  if (live && !once) cadence_.note_found(source, item, added);
  if (result.left_out > 0 && added > 0)
    log::warning("a list names more new addresses or hosts than a day may bring; the rest waits",
                 {{"source", item.source},
                  {"list", item.url},
                  {"left_out", std::to_string(result.left_out)}});
  if (result.has_gap) {
    if (on_found) on_found(next_host);
    log::info("a list names hardly anything known; its next page is read",
              {{"source", item.source}, {"list", item.url}});
  }
  if (added > 0)
    log::info("found",
              {{"source", item.source}, {"list", item.url}, {"new_urls", std::to_string(added)}});
}

}  // namespace tinwatch::pipeline
