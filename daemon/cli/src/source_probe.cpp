#include "source_probe.hpp"

#include "app/plan_from_config.hpp"
#include "core/url.hpp"
#include "crawl/list_page.hpp"
#include "parsers/article.hpp"

#include <algorithm>

namespace tinwatch::cli {
namespace {

// Each request waits for the host's delay: what a person waits for gladly.
constexpr std::size_t most_lists = 6;
constexpr std::size_t most_pages = 3;

}  // namespace

bool SourceProbe::Report::is_well() const {
  return std::any_of(pages.begin(), pages.end(),
                     [](const Page& page) { return page.record.has_value(); });
}

SourceProbe::SourceProbe(const config::Config& config, std::shared_ptr<const crawl::Plan> plan,
                         crawl::SourcePlan source)
    : plan_(std::move(plan)),
      source_(std::move(source)),
      http_(io_.get_executor(), clock_, app::user_agent(config)),
      polite_(http_, clock_, io_.get_executor(), cpu_.get_executor(), config.fetch.per_host,
              "tinwatch", fetchers::HostMemory::none()) {}

SourceProbe::Report SourceProbe::run() {
  std::exception_ptr failure;
  asio::co_spawn(io_, look(), [&failure](const std::exception_ptr& e) { failure = e; });
  io_.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(report_);
}

Task<> SourceProbe::look() {
  for (const auto& url : source_.start) {
    if (!lists_.insert(url).second) continue;
    co_await read_list(url);
    for (const auto& sitemap : polite_.sitemaps(url))
      if (const auto canonical = canonical_url(sitemap);
          canonical && source_.scope->holds(*canonical) && lists_.insert(*canonical).second)
        next_lists_.push_back(*canonical);
  }
  while (!next_lists_.empty() && report_.lists.size() < most_lists) {
    auto url = std::move(next_lists_.front());
    next_lists_.pop_front();
    co_await read_list(std::move(url));
  }
  report_.articles = articles_.size();
  for (std::size_t i = 0; i < articles_.size() && i < most_pages; ++i)
    co_await read_article(articles_[i]);
}

Task<fetchers::FetchResult> SourceProbe::fetch(std::string url) {
  co_return co_await polite_.fetch(plan_->request(source_, std::move(url)));
}

Task<> SourceProbe::read_list(std::string url) {
  List list{.url = url};
  auto response = co_await fetch(std::move(url));
  if (!response)
    list.trouble = response.error().detail;
  else if (list.status = response->status; !is_whole(*response))
    list.trouble = "HTTP status " + std::to_string(list.status);
  else
    note(list, std::move(*response));
  report_.lists.push_back(std::move(list));
}

void SourceProbe::note(List& list, fetchers::FetchResponse response) {
  crawl::ListPage page{.url = std::move(response.url),
                       .content_type = std::move(response.content_type),
                       .coding = {},
                       .body = std::move(response.body),
                       .max_body = plan_->max_body,
                       .may_bring_lists = true,
                       .fetched_at = clock_.now(),
                       .scope = source_.scope};
  crawl::ReadList read;
  try {
    WorkBudget budget;
    read = crawl::read_list(std::move(page), source_.site, budget);
  } catch (const OverBudget& e) {
    read.fault = e.what();
  }
  list.kind = read.kind;
  list.trouble = read.fault;
  if (read.none) list.trouble = crawl::sentence(*read.none);
  if (read.entries.cut_at > 0)
    list.trouble = "it breaks off in line " + std::to_string(read.entries.cut_at) + ": of " +
                   std::to_string(read.entries.in_bytes) + " entries " +
                   std::to_string(read.entries.read) + " are read";
  for (const auto& found : read.found) {
    if (found.hope == storage::FoundUrl::Hope::trial) continue;
    if (found.kind == TargetKind::article) {
      ++list.articles;
      if (named_.insert(found.url).second) articles_.push_back(found.url);
      continue;
    }
    ++list.lists;
    if (found.kind != TargetKind::listing && lists_.insert(found.url).second)
      next_lists_.push_back(found.url);
  }
}

Task<> SourceProbe::read_article(std::string url) {
  Page page{.url = url};
  auto response = co_await fetch(std::move(url));
  if (!response)
    page.trouble = response.error().detail;
  else if (!is_whole(*response))
    page.trouble = "HTTP status " + std::to_string(response->status);
  else
    note(page, std::move(*response));
  report_.pages.push_back(std::move(page));
}

void SourceProbe::note(Page& page, fetchers::FetchResponse response) {
  auto document = parsers::decode(std::move(response.url), response.content_type, response.body);
  document.fetched_at = clock_.now();
  try {
    WorkBudget budget;
    auto record = parsers::extract_article(document, source_.site, budget);
    if (record)
      page.record = std::move(*record);
    else
      page.trouble = record.error().detail;
  } catch (const OverBudget& e) {
    page.trouble = e.what();
  }
}

}  // namespace tinwatch::cli
