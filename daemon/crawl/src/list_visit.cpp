#include "list_visit.hpp"

#include "core/hash.hpp"
#include "decide_list.hpp"
#include "monitor/shortcuts.hpp"

#include <algorithm>

namespace tinwatch::crawl {
namespace {

bool is_among(const std::string& url, const std::vector<std::string>& all) {
  return std::find(all.begin(), all.end(), url) != all.end();
}

}  // namespace

Task<> ListVisit::run() { return unless_costly(look(), source_.poll.min); }

Task<> ListVisit::look() {
  const bool once = item_.further_page > 0;
  const bool conditional = !once && item_.last_success_at && plan_->shortcuts.not_modified &&
                           item_.shortcuts + 1 < monitor::whole_read_every && trusts_validators();
  auto response = co_await fetch(conditional);
  const auto named = doors_.fetcher.sitemaps(item_.url);
  const bool from_robots = is_among(item_.url, named);
  const bool is_start = is_among(item_.url, source_.start);
  auto& report = report_.list;
  report.names_all_news = names_all_news(item_, is_start, from_robots);
  report.answered = response && (is_whole(*response) || response->status == 304);
  if (!response) {
    const auto& error = response.error();
    co_await miss(error.detail, std::max(error.not_before, source_.poll.min));
    co_return;
  }
  report_.at = now();
  ListSighting sighting{.item = item_, .now = report_.at, .validators = item_.validators};
  if (is_whole(*response)) {
    const bool was_read = co_await read(std::move(*response), sighting, is_start || from_robots);
    if (!was_read) co_return;
    if (is_start) sighting.sitemaps = named;
  } else if (response->status != 304 || !conditional) {
    co_await miss("HTTP status " + std::to_string(response->status), source_.poll.min);
    co_return;
  }
  sighting.wait = memory_.cadence.list_wait(source_, item_, report_.at);
  auto commit = decide_list(source_, std::move(sighting), memory_.urls);
  report.is_live = commit.discovery == Discovery::live;
  if (commit.next) report.next_host = commit.next->host;
  report.brought = co_await doors_.store.commit_list(std::move(commit));
}

Task<bool> ListVisit::read(fetchers::FetchResponse response, ListSighting& sighting,
                           bool may_bring_lists) {
  const auto hash = sha256_hex(response.body);
  sighting.validators = {.etag = response.validators.etag,
                         .last_modified = response.validators.last_modified,
                         .body_sha256 = hash};
  sighting.outcome = VisitOutcome::bytes_equal;
  const bool once = item_.further_page > 0;
  if (!once && hash == item_.validators.body_sha256 && plan_->shortcuts.bytes_equal) co_return true;
  ListPage page{.url = response.url,
                .content_type = response.content_type,
                .coding = response.coding,
                .body = std::move(response.body),
                .max_body = plan_->max_body,
                .may_bring_lists = may_bring_lists,
                .fetched_at = sighting.now,
                .scope = source_.scope};
  auto list = co_await work_on(/*journalled=*/true, &read_list, std::move(page), source_.site);
  if (!list.fault.empty()) {
    co_await miss(list.fault, source_.poll.min);
    co_return false;
  }
  for (auto& found : list.found)
    if (found.kind == TargetKind::article)
      found.url = memory_.parameters.strip(item_.source, found.url);
  report_.list.content = ListReport::Content{
      .articles = articles_in(list.found), .none = list.none, .entries = list.entries};
  sighting.outcome = VisitOutcome::read;
  sighting.list = std::move(list);
  co_return true;
}

}  // namespace tinwatch::crawl
