#include "article_visit.hpp"
#include "core/site_scope.hpp"
#include "core/url.hpp"
#include "decide_article.hpp"
#include "parsers/article_pages.hpp"

#include <algorithm>
#include <set>
#include <utility>

/// The pages behind the first of an article that is set over several.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

/// So often the visit waits for a page that cannot be read, before it goes on without.
constexpr int most_waits = 3;
constexpr Duration first_page_goes_first = 1min;

/// Whether a page there may be one of the article at `first`: of the same host, or of the same
/// registrable domain.
bool is_of_article(const SiteScope& scope, const std::string& url, const std::string& first) {
  const auto there = parse_url(url);
  const auto here = parse_url(first);
  if (!there || !here || !scope.holds(*there)) return false;
  if (there->host == here->host && there->port == here->port) return true;
  const auto domain = registrable_domain(there->host);
  return !domain.empty() && domain == registrable_domain(here->host);
}

storage::CapturePtr kept_of(const std::optional<storage::Capture>& kept, const std::string& url) {
  if (!kept) return nullptr;
  const auto& pages = kept->further;
  const auto found =
      std::find_if(pages.begin(), pages.end(), [&](const auto& page) { return page->url == url; });
  return found == pages.end() ? nullptr : *found;
}

/// One article of its pages.
ReadArticle join_read(std::vector<ArticleRecord> pages) {
  return ReadArticle(parsers::join_pages(std::move(pages)));
}

}  // namespace

Task<ArticleVisit::FurtherPage> ArticleVisit::fetch_further(std::string url, std::size_t most) {
  FurtherPage out;
  auto request = plan_->request(source_, url);
  request.decode = false;
  request.max_body = most;
  auto response = co_await doors_.fetcher.fetch(std::move(request));
  report_.further.push_back(report_of(response));
  if (!response) report_.further.back().url = url;
  if (!response) {
    out.why = response.error().detail;
    co_return out;
  }
  if (!is_whole(*response)) {
    out.is_gone = response->status == 404 || response->status == 410;
    out.why = "HTTP status " + std::to_string(response->status);
    co_return out;
  }
  auto opened = co_await work_on(/*journalled=*/false, &open_page, std::move(response->coding),
                                 std::move(response->body), std::string(), most, std::string());
  if (!opened.body) {
    out.why = opened.body.error().detail;
    co_return out;
  }
  response->body = std::move(*opened.body);
  Page page{.response = std::move(*response),
            .sha256 = std::move(opened.sha256),
            .coding = std::move(opened.coding),
            .sent = std::move(opened.sent),
            .sent_sha256 = {}};
  out.capture = std::make_shared<storage::Capture>(capture_of(url, page, now()));
  co_return out;
}

Task<std::optional<ArticleRecord>> ArticleVisit::parse_further(storage::CapturePtr capture,
                                                               PageNoisePtr noise) {
  try {
    auto parsed = co_await work_on(/*journalled=*/true, &parse_page, capture, source_.site, noise);
    if (parsed.article) co_return std::move(parsed.article->record);
  } catch (const PageFailed&) {
    // As a page that cannot be fetched.
  }
  co_return std::nullopt;
}

Task<bool> ArticleVisit::read_further(std::shared_ptr<Sighting> first) {
  std::optional<storage::Capture> kept;  // looked for where a page does not come
  const auto whole = std::make_shared<storage::Capture>(*first->capture);
  std::vector<ArticleRecord> pages{first->article.record};
  std::set<std::string> seen{first->address, item_.url, first->capture->final_url};
  std::size_t bytes = whole->body.size();
  for (;;) {
    const auto next = pages.back().next_page;
    if (next.empty() || !is_of_article(*source_.scope, next, first->address) ||
        !seen.insert(next).second || pages.size() >= parsers::most_article_pages ||
        bytes >= plan_->max_body)
      break;
    auto page = co_await fetch_further(next, plan_->max_body - bytes);
    // One that leads back to a page that was read is none.
    if (page.capture && page.capture->final_url != next &&
        !seen.insert(page.capture->final_url).second)
      page = FurtherPage{.is_gone = true, .why = "it leads back"};
    std::optional<ArticleRecord> record;
    if (page.capture) record = co_await parse_further(page.capture, first->noise);
    if (page.is_gone) {
      // Whether the text ends here now is looked at again, as with a page that breaks off.
      first->breaks_off = true;
      break;
    }
    if (!record && !kept && known_ && known_->further_pages > 0)
      kept = co_await doors_.store.read(&storage::Reader::last_capture, known_->row);
    if (auto before = record ? nullptr : kept_of(kept, next)) {
      page.capture = std::move(before);
      record = co_await parse_further(page.capture, first->noise);
    }
    if (!record) {
      if (item_.failures >= most_waits) break;
      if (page.why.empty()) page.why = "it is no article";
      auto why = "page " + std::to_string(pages.size() + 1) +
                 " of the article cannot be read: " + page.why;
      co_await miss(std::move(why), 0s);
      co_return false;
    }
    bytes += page.capture->body.size();
    whole->further.push_back(page.capture);
    first->further.push_back(source_.site->canonical(next));
    pages.push_back(std::move(*record));
  }
  // Named, and not read: nobody takes it for an article all the same.
  if (const auto& next = pages.back().next_page;
      !next.empty() && is_of_article(*source_.scope, next, first->address)) {
    const auto address = source_.site->canonical(next);
    const auto& known = first->further;
    if (address != first->address && address != item_.url &&
        std::find(known.begin(), known.end(), address) == known.end())
      first->further.push_back(address);
  }
  if (pages.size() == 1) co_return true;
  first->article = co_await work_on(/*journalled=*/false, &join_read, std::move(pages));
  first->capture = whole;
  co_return true;
}

Task<std::optional<ReadArticle>> ArticleVisit::join_kept(ArticleRecord first,
                                                         std::vector<storage::CapturePtr> further,
                                                         PageNoisePtr noise) {
  std::vector<ArticleRecord> pages{std::move(first)};
  for (const auto& capture : further) {
    auto record = co_await parse_further(capture, noise);
    if (!record) co_return std::nullopt;
    pages.push_back(std::move(*record));
  }
  co_return co_await work_on(/*journalled=*/false, &join_read, std::move(pages));
}

Task<bool> ArticleVisit::is_further_page() {
  const auto firsts = parsers::first_pages(item_.url);
  if (firsts.empty()) co_return false;
  const auto owner =
      co_await doors_.store.read(&storage::Reader::article_of_page, item_.source_row, item_.url);
  report_.at = now();
  if (!owner.empty()) {
    storage::FrontierUpdate update{.row = item_.row,
                                   .visited_at = report_.at,
                                   .end = storage::Retired{.was_seen = true},
                                   .outcome = VisitOutcome::read,
                                   .detail = "a further page of " + owner};
    co_await doors_.store.update_frontier(std::move(update));
    co_return true;
  }
  if (item_.last_success_at || item_.failures >= most_waits) co_return false;
  for (const auto& first : firsts) {
    const auto waiting = co_await doors_.store.read(&storage::Reader::frontier_item, item_.source,
                                                    source_.site->canonical(first));
    if (!waiting || waiting->kind != TargetKind::article || waiting->last_success_at ||
        waiting->failures > 0)
      continue;
    auto why = "it may be a further page of " + first + ", which is read first";
    co_await miss(std::move(why), first_page_goes_first);
    co_return true;
  }
  co_return false;
}

}  // namespace tinwatch::crawl
