#include "pipeline/pipeline.hpp"

#include "core/back_off.hpp"
#include "log_events.hpp"
#include "telemetry/log.hpp"

#include <algorithm>

namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr int most_tries_once = 3;  // of a page that is to be read once

}  // namespace

Pipeline::Pipeline(fetchers::PoliteFetcher& fetcher, storage::Store& store,
                   asio::any_io_executor cpu, std::size_t threads, Clock& clock,
                   telemetry::Metrics& metrics, std::shared_ptr<const Plan> plan)
    : fetcher_(fetcher),
      store_(store),
      clock_(clock),
      metrics_(metrics),
      plan_(std::move(plan)),
      cadence_(plan_->requests_an_hour),
      health_(cadence_, clock.now()),
      url_budget_(plan_->url_limits),
      lanes_(std::move(cpu), std::max<std::size_t>(threads, 2) - 1) {
  fetcher_.on_robots = [this](const fetchers::FetchResult& result) {
    count_answer(Fetched::robots, result);
  };
}

Task<> Pipeline::visit(storage::FrontierItem item) {
  auto plan = plan_;
  if (!plan->sources.contains(item.source))
    co_return;  // the source left the configuration meanwhile
  if (stored_.left(item.source, plan->most_stored_a_day, clock_.now()) == 0) {
    co_await rest(std::move(item));
    co_return;
  }
  std::string fault;
  try {
    if (item.kind == TargetKind::article)
      co_await visit_article(plan, item);
    else
      co_await visit_list(plan, item);
  } catch (const PageFailed& e) {
    fault = e.what();
  }
  if (fault.empty()) co_return;
  metrics_.fetch_failed(fetched_as(item.kind), FetchFailure::too_large);
  const auto least = item.kind == TargetKind::article ? 0s : plan->sources.at(item.source).poll.min;
  co_await failed(std::move(item), std::move(fault), least);
}

bool Pipeline::is_behind(const std::string& source) const {
  constexpr std::size_t most_waiting = 2;
  constexpr auto usual = 10ms;  // a page takes a fraction of it
  const auto* const lane = lanes_.find(source);
  return lane && lane->stuck(usual) >= most_waiting;
}

std::shared_ptr<PageWork> Pipeline::work_for(const storage::FrontierItem& item, bool journalled) {
  auto out = std::make_shared<PageWork>();
  out->source = item.source;
  out->url = item.url;
  if (journalled) out->mark.emplace(store_.parse_mark(item.row));
  return out;
}

Task<fetchers::FetchResult> Pipeline::fetch(PlanPtr plan, storage::FrontierItem item,
                                            bool conditional) {
  const auto& source = plan->sources.at(item.source);
  auto request = plan->request(source, item.url);
  request.may_move = item.kind == TargetKind::article && item.last_success_at.has_value();
  request.decode = false;
  if (conditional) request.validators = {item.validators.etag, item.validators.last_modified};
  cadence_.note_request(item, fetcher_.delay(item.host), clock_.now());
  auto result = co_await fetcher_.fetch(std::move(request));
  metrics_.fetched(item.source, fetchers::outcome_of(result));
  count_answer(fetched_as(item.kind), result);
  co_return result;
}

void Pipeline::count_answer(Fetched what, const fetchers::FetchResult& result) {
  if (result) metrics_.answered(what, result->elapsed, result->wire_bytes);
  // Nobody asked for the page: it is the robots.txt that failed, and was counted as that.
  if (!result && result.error().robots_unread) return;
  if (const auto reason = fetchers::failure_of(result)) metrics_.fetch_failed(what, *reason);
}

void Pipeline::note_first_visit(const storage::FrontierItem& item, bool is_new_article) {
  if (item.last_success_at || item.failures > 0) return;
  const bool was_trap = url_budget_.is_trap(item.host);
  url_budget_.note_visit(item.host, is_new_article, clock_.now());
  if (!was_trap && url_budget_.is_trap(item.host))
    log::warning("new addresses of this host hardly ever show a new article; few are taken now",
                 {{"source", item.source}, {"host", item.host}, {"url", item.url}});
}

void Pipeline::tell(const storage::FrontierItem& item, const Decision& decision,
                    const std::string& headline) {
  const auto& commit = decision.commit;
  for (const auto& event : commit.events) metrics_.article_event(item.source, event.type);
  log_events(item, decision, headline);
  if (on_deliveries && !commit.events.empty()) on_deliveries();
  if (!on_found) return;
  for (const auto& found : commit.check_now) on_found(found.host);
}

Task<> Pipeline::examine_sources() {
  for (auto& report : health_.examine(*plan_, clock_.now())) {
    for (const auto& event : report.events)
      log::warning("source." + std::string(word_of(event.type)),
                   {{"source", report.condition.source}, {"what", event.data}});
    unreported_.push_back(std::move(report));
  }
  // What the store refuses is kept until it takes it.
  while (!unreported_.empty()) {
    auto report = unreported_.front();
    co_await store_.report_source(std::move(report));
    unreported_.pop_front();
    if (on_deliveries) on_deliveries();
  }
}

Task<> Pipeline::failed(storage::FrontierItem item, std::string why, Duration least_wait) {
  const auto now = clock_.now();
  const int failures = item.failures + 1;
  const auto wait = std::max(back_off(failures), least_wait);
  log::info(
      "visit failed",
      {{"source", item.source}, {"url", item.url}, {"why", why}, {"again_in", to_text(wait)}});
  storage::FrontierUpdate update{.row = item.row, .visited_at = now, .detail = std::move(why)};
  if (item.further_page > 0 && failures >= most_tries_once)
    update.end = storage::Retired{.failures = failures};
  else
    update.end =
        storage::Failed{.next = {now + wait, "tried again after " + std::to_string(failures) +
                                                 (failures == 1 ? " failure" : " failures")},
                        .failures = failures};
  co_await store_.update_frontier(std::move(update));
}

Task<> Pipeline::rest(storage::FrontierItem item) {
  const auto now = clock_.now();
  storage::FrontierUpdate update{
      .row = item.row,
      .visited_at = now,
      .end = storage::Failed{.next = {stored_.renewed_at(item.source, now),
                                      "then a new day of what the source may store begins"},
                             .failures = item.failures,
                             .keep_parse_attempts = true},
      .outcome = VisitOutcome::rests,
      .detail = "the source's revisions fill the disk faster than it may"};
  co_await store_.update_frontier(std::move(update));
}

Task<> Pipeline::skip_killer(storage::FrontierItem item) {
  log::warning("page skipped: its parse brought the daemon down twice",
               {{"source", item.source}, {"url", item.url}});
  const auto now = clock_.now();
  storage::FrontierUpdate update{.row = item.row,
                                 .visited_at = now,
                                 .outcome = VisitOutcome::skipped,
                                 .detail = "its parse brought the daemon down twice"};
  const int failures = item.failures + 1;
  if (item.further_page > 0)
    update.end = storage::Retired{.failures = failures, .keep_parse_attempts = true};
  else
    update.end = storage::Failed{.next = {now + longest_back_off, "after a day it is tried again"},
                                 .failures = failures,
                                 .keep_parse_attempts = true};
  co_await store_.update_frontier(std::move(update));
}

}  // namespace tinwatch::pipeline
