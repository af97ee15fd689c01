#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "decide_parts.hpp"
#include "monitor/shortcuts.hpp"
#include "monitor/url_trap.hpp"
#include "parsers/listing.hpp"
#include "pipeline/pipeline.hpp"
#include "telemetry/log.hpp"

#include <algorithm>

namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;
using SitePtr = std::shared_ptr<const parsers::Site>;
using storage::FoundUrl;

constexpr std::size_t most_new_lists = 64;          // category pages a start page may bring
constexpr std::size_t most_sitemap_entries = 1000;  // the newest; archives are another matter
constexpr int most_further_pages = 10;
constexpr int least_new_in_gap = 5;
/// The pages of several lists link each other: none is read twice for one gap.
constexpr Duration further_unread_for = 1h;

struct ListPage {
  std::string url;
  std::string content_type;
  std::string coding;
  std::string body;  ///< as sent
  std::size_t max_body = 0;
  /// Start pages lead to category pages; those lead to articles only.
  bool may_bring_lists = false;
  Instant fetched_at{};
  std::shared_ptr<const SiteScope> scope;  ///< of the source
};

struct ReadList {
  std::vector<FoundUrl> found;
  std::optional<FoundUrl> next;  ///< the page behind this one of the same list
  std::string fault;
};

void add(std::vector<FoundUrl>& found, const std::string& url, TargetKind kind) {
  found.push_back({url, host_key(url), kind});
}

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

/// Whether the list may lead there: to an address of the source that does not look like one of
/// endlessly many.
bool may_follow(const ListPage& page, const std::string& url) {
  const auto parts = parse_url(url);
  return parts && page.scope->holds(*parts) && monitor::trap_in(*parts, page.fetched_at).empty();
}

ReadList read_html(const ListPage& page, const SitePtr& site, WorkBudget& budget) {
  ReadList out;
  const auto document = parsers::decode(page.url, page.content_type, page.body);
  const auto listing = parsers::read_listing(document, site, budget);
  if (may_follow(page, listing.next_page))
    out.next = {listing.next_page, host_key(listing.next_page), TargetKind::listing};
  std::size_t lists = 0;
  for (const auto& link : listing.links) {
    if (link.url == listing.next_page) continue;
    if (link.kind == parsers::UrlKind::article) add(out.found, link.url, TargetKind::article);
    if (link.kind == parsers::UrlKind::listing && page.may_bring_lists && lists++ < most_new_lists)
      add(out.found, link.url, TargetKind::listing);
  }
  if (page.may_bring_lists)
    for (const auto& feed : listing.feeds)
      if (page.scope->holds(feed) && lists++ < most_new_lists)
        add(out.found, feed, TargetKind::feed);
  return out;
}

ReadList read_feed(const ListPage& page, const SitePtr& site) {
  const auto feed = parsers::read_feed(page.body, page.url, site->zone());
  if (!feed) return {.fault = feed.error()};
  ReadList out;
  for (const auto& item : feed->items)
    if (site->holds(item.url)) add(out.found, site->canonical(item.url), TargetKind::article);
  return out;
}

ReadList read_sitemap(const ListPage& page, const SitePtr& site) {
  auto sitemap = parsers::read_sitemap(page.body, page.url, site->zone(), page.max_body);
  if (!sitemap) return {.fault = sitemap.error()};
  const auto newest = [](const parsers::Item& item) {
    if (item.date_published) return item.date_published->time.at;
    return item.date_modified ? item.date_modified->time.at : Instant{};
  };
  std::stable_sort(sitemap->entries.begin(), sitemap->entries.end(),
                   [&](const auto& a, const auto& b) { return newest(a) > newest(b); });
  if (sitemap->entries.size() > most_sitemap_entries) sitemap->entries.resize(most_sitemap_entries);
  ReadList out;
  for (const auto& entry : sitemap->entries) {
    if (sitemap->kind == "sitemapindex") {
      // An index leads to sitemaps of its own site, and not to a web of indexes.
      if (page.may_bring_lists && page.scope->holds(entry.url) && out.found.size() < most_new_lists)
        add(out.found, entry.url, TargetKind::sitemap);
      continue;
    }
    const auto url = site->canonical(entry.url);
    const auto kind = site->kind(url);
    // What a sitemap names is an article, whatever its address looks like, and all that a news
    // sitemap names; general ones are kept for tags and authors too.
    const bool article = kind ? *kind == parsers::UrlKind::article
                              : !entry.headline.empty() || !parsers::names_no_article(url);
    if (article && site->holds(url)) add(out.found, url, TargetKind::article);
  }
  return out;
}

ReadList read_any(const ListPage& page, const SitePtr& site, WorkBudget& budget) {
  switch (parsers::kind_of_list(page.body)) {
    case parsers::ListKind::html: return read_html(page, site, budget);
    case parsers::ListKind::feed: return read_feed(page, site);
    case parsers::ListKind::sitemap: return read_sitemap(page, site);
  }
  return {};
}

ReadList read_list(ListPage page, SitePtr site, WorkBudget& budget) {
  auto body = fetchers::decoded_body(page.coding, std::move(page.body), page.max_body);
  if (!body) return {.fault = body.error().detail};
  page.body = std::move(*body);
  budget.look();
  auto list = read_any(page, site, budget);
  budget.look();
  std::erase_if(list.found, [&](const FoundUrl& one) { return !may_follow(page, one.url); });
  return list;
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
      if (compared) health_.note_names(item.source, item.url, articles_in(commit.found), now);
      commit.frontier.outcome = VisitOutcome::read;
    }
    if (is_start)
      for (const auto& sitemap : named)
        if (const auto url = canonical_url(sitemap); url && source.scope->holds(*url))
          add(commit.found, *url, TargetKind::sitemap);
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
