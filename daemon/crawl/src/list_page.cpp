#include "crawl/list_page.hpp"

#include "core/url.hpp"
#include "fetchers/fetcher.hpp"
#include "learned.hpp"
#include "monitor/url_trap.hpp"
#include "parsers/article.hpp"
#include "parsers/bare_page.hpp"
#include "parsers/listing.hpp"

#include <algorithm>

namespace tinwatch::crawl {
namespace {

using storage::FoundUrl;

constexpr std::size_t most_new_lists = 64;          // category pages a start page may bring
constexpr std::size_t most_sitemap_entries = 1000;  // the newest; archives are another matter

void add(std::vector<FoundUrl>& found, const std::string& url, TargetKind kind) {
  found.push_back({url, host_key(url), kind});
}

/// What names nothing but articles names one.
void add_sure(std::vector<FoundUrl>& found, const std::string& url) {
  add(found, url, TargetKind::article);
  found.back().is_sure = true;
}

/// Whether the list may lead there: to an address of the source that does not look like one of
/// endlessly many.
bool may_follow(const ListPage& page, const std::string& url) {
  const auto parts = parse_url(url);
  return parts && page.scope->holds(*parts) && monitor::trap_in(*parts, page.fetched_at).empty();
}

ReadList read_html(const ListPage& page, const parsers::Document& document, const SitePtr& site,
                   WorkBudget& budget) {
  ReadList out;
  const auto listing = parsers::read_listing(document, site, budget, page.learned);
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
  // What a profile says of its articles is not put to the test.
  if (!site->profile().article.empty()) return out;
  for (const auto* const link : links_to_try(listing.links, page.learned, page.may_bring_lists)) {
    if (link->url == listing.next_page) continue;
    add(out.found, link->url, TargetKind::article);
    out.found.back().hope = FoundUrl::Hope::trial;
  }
  return out;
}

ReadList read_feed(const ListPage& page, const SitePtr& site) {
  const auto feed = parsers::read_feed(page.body, page.url, site->zone(), page.content_type);
  if (!feed) return {.fault = feed.error()};
  ReadList out{.has_items = !feed->items.empty(), .entries = feed->count};
  for (const auto& item : feed->items)
    if (site->holds(item.url)) add_sure(out.found, site->canonical(item.url));
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
  ReadList out{.has_items = !sitemap->entries.empty(), .entries = sitemap->count};
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
    // sitemap names; general ones are kept for tags, authors and galleries too.
    const bool news = !entry.headline.empty();
    const bool article =
        kind ? *kind == parsers::UrlKind::article : news || !parsers::names_no_article(url);
    if (!article || !site->holds(url)) continue;
    add(out.found, url, TargetKind::article);
    out.found.back().is_sure = news;
  }
  return out;
}

/// The page names no article: why.
NoArticles why_none(const parsers::Document& document, const SitePtr& site, WorkBudget& budget) {
  switch (parsers::bareness_of(document)) {
    case parsers::Bareness::none: break;
    case parsers::Bareness::empty: return NoArticles::empty;
    case parsers::Bareness::scripts: return NoArticles::scripts;
    case parsers::Bareness::refresh: return NoArticles::refresh;
  }
  budget.look();
  return parsers::extract_article(document, site, budget) ? NoArticles::is_article
                                                          : NoArticles::unnamed;
}

/// Articles, or the sitemaps of an index, which is not expected to name any.
bool is_expected(const FoundUrl& one) {
  return one.names_article() || one.kind == TargetKind::sitemap;
}

}  // namespace

std::string_view sentence(NoArticles why) {
  switch (why) {
    case NoArticles::unnamed:
      return "it has text and no link to an article; name a feed, a sitemap or a page with "
             "headlines";
    case NoArticles::is_article:
      return "it is an article and no list; name the front page, a section, a feed or a sitemap";
    case NoArticles::empty: return "it is empty";
    case NoArticles::scripts:
      return "what it shows is written by its scripts, which are not run; name its feed or sitemap";
    case NoArticles::refresh: return "it sends browsers elsewhere; name the page where they arrive";
  }
  return "";
}

ReadList read_list(ListPage page, SitePtr site, WorkBudget& budget) {
  auto body = fetchers::decoded_body(page.coding, std::move(page.body), page.max_body);
  if (!body) return {.fault = body.error().detail};
  page.body = std::move(*body);
  budget.look();
  const auto kind = parsers::kind_of_list(page.body);
  parsers::Document document;  // of a page
  ReadList list;
  switch (kind) {
    case parsers::ListKind::html:
      document = parsers::decode(page.url, page.content_type, page.body);
      list = read_html(page, document, site, budget);
      break;
    case parsers::ListKind::feed: list = read_feed(page, site); break;
    case parsers::ListKind::sitemap: list = read_sitemap(page, site); break;
  }
  list.kind = kind;
  budget.look();
  put_in_order(list.found, page.learned);
  std::erase_if(list.found, [&](const FoundUrl& one) { return !may_follow(page, one.url); });
  if (!list.fault.empty() || std::any_of(list.found.begin(), list.found.end(), is_expected))
    return list;
  if (kind == parsers::ListKind::html)
    list.none = why_none(document, site, budget);
  else
    list.none = list.has_items ? NoArticles::unnamed : NoArticles::empty;
  return list;
}

}  // namespace tinwatch::crawl
