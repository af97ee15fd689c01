#include "crawl/crawler.hpp"

#include "article_visit.hpp"
#include "core/event_type.hpp"
#include "list_visit.hpp"
#include "telemetry/log.hpp"

#include <exception>
#include <utility>

namespace tinwatch::crawl {
namespace {

constexpr int crashes_before_skip = 2;
constexpr double share_of_known_pages = 0.75;  // of an hour: lists and news find room beside

/// Whether the hour's budget of its host is for the item. A first sweep is not slowed down by it,
/// and whoever fixes an interval has said himself how often he asks.
bool has_budget(const Plan& plan, const storage::FrontierItem& item) {
  const auto found = plan.sources.find(item.source);
  if (found == plan.sources.end()) return false;
  const auto& source = found->second;
  if (item.kind != TargetKind::article)
    return item.last_success_at && source.poll.min != source.poll.max;
  if (item.last_success_at) return !source.recheck;
  return item.discovery == Discovery::live;
}

}  // namespace

Crawler::Crawler(fetchers::PoliteFetcher& fetcher, storage::Store& store, asio::any_io_executor cpu,
                 std::size_t threads, Clock& clock, telemetry::Metrics& metrics,
                 std::shared_ptr<const Plan> plan)
    : fetcher_(fetcher),
      store_(store),
      clock_(clock),
      metrics_(metrics),
      plan_(std::move(plan)),
      cadence_(plan_->requests_an_hour),
      health_(cadence_, clock.now()),
      url_budget_(plan_->url_limits),
      workers_(std::move(cpu), threads) {
  fetcher_.on_robots = [this](const fetchers::FetchResult& result) {
    count(Fetched::robots, report_of(result));
  };
}

std::optional<Miss> Crawler::obstacle(const Plan& plan, const storage::FrontierItem& item) const {
  const auto now = clock_.now();
  if (stored_.left(item.source, plan.most_stored_a_day, now) == 0)
    return Miss{.kind = Miss::Kind::full_disk,
                .why = "the source's revisions fill the disk faster than it may",
                .least_wait = stored_.renewed_at(item.source, now) - now};
  if (item.parse_attempts >= crashes_before_skip)
    return Miss{.kind = Miss::Kind::killer, .why = "its parse brought the daemon down twice"};
  return std::nullopt;
}

Instant Crawler::room_at(const storage::FrontierItem& item) const {
  const auto now = clock_.now();
  if (!has_budget(*plan_, item)) return now;
  const bool is_known_page = item.kind == TargetKind::article && item.last_success_at;
  return cadence_.room_at(item.host, is_known_page ? share_of_known_pages : 1, now);
}

Task<> Crawler::visit(storage::FrontierItem item) {
  const auto plan = plan_;
  if (!plan->sources.contains(item.source))
    co_return;  // the source left the configuration meanwhile
  if (auto miss = obstacle(*plan, item)) {
    if (miss->kind == Miss::Kind::killer)
      log::warning("page skipped: its parse brought the daemon down twice",
                   {{"source", item.source}, {"url", item.url}});
    else if (log::is_on(log::Level::debug))
      log::debug("not fetched", {{"source", item.source}, {"url", item.url}, {"why", miss->why}});
    co_await store_.update_frontier(decide_retry(item, std::move(*miss), clock_.now()));
    co_return;
  }
  cadence_.note_request(item, fetcher_.delay(item.host), clock_.now());
  if (has_budget(*plan, item)) cadence_.note_capped(item.host, 1, clock_.now());
  if (item.kind == TargetKind::article)
    co_await carry_out<ArticleVisit>(plan, std::move(item));
  else
    co_await carry_out<ListVisit>(plan, std::move(item));
}

template <class AVisit>
Task<> Crawler::carry_out(std::shared_ptr<const Plan> plan, storage::FrontierItem item) {
  const Doors doors{fetcher_, store_, workers_, clock_};
  const Memory memory{cadence_, health_, url_budget_, guard_, rebuilds_, parameters_, detours_};
  AVisit visit(doors, memory, plan, item);
  std::exception_ptr failure;
  try {
    co_await visit.run();
  } catch (...) {
    failure = std::current_exception();
  }
  // However it ended, what it did counts.
  const auto& report = visit.report();
  int more = report.request ? report.request->hops : 0;
  for (const auto& further : report.further) more += 1 + further.hops;
  if (more > 0 && has_budget(*plan, item)) cadence_.note_capped(item.host, more, clock_.now());
  observe(plan->sources.at(item.source), item, visit.report());
  if (failure) std::rethrow_exception(failure);
}

void Crawler::clock_was_set(Duration by) {
  health_.clock_was_set(by);
  guard_.clock_was_set(by);
  rebuilds_.clock_was_set(by);
  detours_.clock_was_set(by);
}

Task<> Crawler::examine_sources() {
  for (const auto& [name, source] : plan_->sources)
    health_.note_parameters(name, parameters_.learnt(name));
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

}  // namespace tinwatch::crawl
