#include "core/text.hpp"
#include "core/time.hpp"
#include "crawl/crawler.hpp"
#include "log_events.hpp"
#include "telemetry/log.hpp"
#include "visit_report.hpp"

/// Where what a visit did is told: metrics, what is remembered of sources and hosts, the log, the
/// bells of receivers and queues. Nothing else of a visit touches them.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using telemetry::LatencyUnknown;

}  // namespace

void Crawler::observe(const SourcePlan& source, const storage::FrontierItem& item,
                      const VisitReport& report) {
  const auto what = fetched_as(item.kind);
  if (report.request) {
    metrics_.fetched(item.source, report.request->outcome);
    count(what, *report.request);
    log_request(item, *report.request);
  }
  for (const auto& further : report.further) {
    metrics_.fetched(item.source, further.outcome);
    count(what, further);
    log_request(item, further);
    cadence_.note_request(item, fetcher_.delay(item.host), report.at);
  }
  if (report.page_fault) metrics_.fetch_failed(what, *report.page_fault);
  if (report.retry) observe_retry(item, report);
  if (item.kind == TargetKind::article)
    observe_article(source, item, report.article, report.at);
  else if (report.request)
    observe_list(source, item, report.list, report.at);
}

void Crawler::count(Fetched what, const RequestReport& request) {
  if (request.received)
    metrics_.answered(what, request.received->elapsed, request.received->wire_bytes);
  if (request.failure) metrics_.fetch_failed(what, *request.failure);
}

void Crawler::observe_retry(const storage::FrontierItem& item, const VisitReport& report) {
  const auto& [kind, why, wait] = *report.retry;
  if (kind == Miss::Kind::dead_link && wait) return;
  const bool shows_nothing = kind == Miss::Kind::dead_link || kind == Miss::Kind::no_article;
  if (shows_nothing && !wait) {
    log::info("no article here; given up unless a list goes on naming it",
              {{"source", item.source}, {"url", item.url}, {"why", why}});
    return;
  }
  log::info("visit failed", {{"source", item.source},
                             {"url", item.url},
                             {"why", why},
                             {"again_in", wait ? to_text(*wait) : "never"}});
}

void Crawler::observe_article(const SourcePlan& source, const storage::FrontierItem& item,
                              const ArticleReport& report, Instant at) {
  if (report.parse) {
    metrics_.parsed(item.source, report.parse->took);
    for (const auto field : report.parse->lacks) metrics_.field_missing(item.source, field);
  }
  if (report.page) health_.note_page(item.source, *report.page, at);
  if (!report.detour.empty())
    detours_.note(item.source, item.url, report.detour, item.last_success_at.has_value(), at);
  if (report.is_new == true || (report.look && report.look->sign == monitor::Sign::well))
    health_.note_shown(item.source, at);
  if (const auto& look = report.look) {
    guard_.note(item.source, look->article, look->sign, look->text, at);
    health_.note_site(item.source, guard_.state_of(item.source, at), look->sign);
  }
  if (const auto& alias = report.alias)
    parameters_.note_alias(item.source, alias->shown_at, alias->known_at);
  if (report.is_new == true) parameters_.note_article(item.source, item.url);
  if (report.build) rebuilds_.note(item.source, *report.build);
  if (report.decision) observe_decision(source, item, report);
  if (report.is_new) note_first_visit(item, *report.is_new, at);
  if (report.validators_lied)
    log::warning("the server says 'not modified' of pages that were; it is no longer asked so",
                 {{"source", item.source}, {"host", item.host}, {"url", item.url}});
}

void Crawler::observe_decision(const SourcePlan& source, const storage::FrontierItem& item,
                               const ArticleReport& report) {
  const auto& decision = *report.decision;
  const auto& commit = decision.commit;
  if (decision.poll_result) metrics_.polled(*decision.poll_result);
  if (commit.revision) note_stored(item, decision);
  if (decision.reparsed) metrics_.reparsed();
  for (const auto& watch : decision.watch_hits) metrics_.watch_hit(watch);
  if (decision.change && !decision.is_held()) {
    cadence_.note_edit(source.name);
    metrics_.revised(decision.change->change_class, commit.at - commit.known()->last_shown_at);
  }
  if (!commit.known() && commit.discovery == Discovery::live)
    observe_news(source, item, report, commit.at);
  if (decision.is_held()) health_.note_doubt(item.source, commit.at);
  for (const auto& event : commit.events) metrics_.article_event(item.source, event.type);
  log_events(item, decision, report.headline);
  if (on_deliveries && !commit.events.empty()) on_deliveries();
  for (const auto& found : commit.check_now) ring(found.host);
}

void Crawler::observe_news(const SourcePlan& source, const storage::FrontierItem& item,
                           const ArticleReport& report, Instant at) {
  cadence_.note_article(source, at);
  health_.note_article(source, item.url, at);
  const auto& date = report.published;
  if (!date) {
    metrics_.detection_latency_unknown(LatencyUnknown::no_date);
    return;
  }
  const auto latency = at - date->time.at;
  if (date->precision != DatePrecision::minute && date->precision != DatePrecision::second)
    metrics_.detection_latency_unknown(LatencyUnknown::imprecise);
  else if (latency < 0s || latency > 24h)
    metrics_.detection_latency_unknown(LatencyUnknown::out_of_range);
  else
    metrics_.detected(latency);
}

void Crawler::observe_list(const SourcePlan& source, const storage::FrontierItem& item,
                           const ListReport& report, Instant at) {
  const bool once = item.further_page > 0;
  if (!once) health_.note_list(item.source, report.answered, at);
  if (report.names_all_news) health_.note_visit(item.source, item.url, report.answered, at);
  if (const auto& content = report.content) {
    const auto& entries = content->entries;
    if (entries.cut_at > 0)
      log::warning("a feed or sitemap breaks off", {{"source", item.source},
                                                    {"list", item.url},
                                                    {"line", entries.cut_at},
                                                    {"entries", entries.in_bytes},
                                                    {"read", entries.read}});
    if (report.names_all_news) {
      health_.note_names(item.source, item.url, content->articles, at);
      health_.note_content(item.source, item.url, {content->none, entries.cut_at}, at);
    }
  } else if (report.names_all_news && report.answered) {
    health_.note_unchanged(item.source, item.url, at);
  }
  if (!report.brought) return;
  const auto& brought = *report.brought;
  if (brought.new_hosts > 0) url_budget_.note_hosts(item.source, brought.new_hosts, at);
  std::int64_t added = 0;
  for (const auto& [host, count] : brought.added) {
    if (count == 0) continue;
    added += count;
    url_budget_.note_added(item.source, host, count, at);
    ring(host);
  }
  if (report.is_live && !once) cadence_.note_found(source, item, added);
  if (brought.left_out > 0 && added > 0)
    log::warning("a list names more new addresses or hosts than a day may bring; the rest waits",
                 {{"source", item.source}, {"list", item.url}, {"left_out", brought.left_out}});
  if (brought.has_gap) {
    ring(report.next_host);
    log::info("a list names hardly anything known; its next page is read",
              {{"source", item.source}, {"list", item.url}});
  }
  if (added > 0)
    log::info("found", {{"source", item.source}, {"list", item.url}, {"new_urls", added}});
}

void Crawler::note_first_visit(const storage::FrontierItem& item, bool is_new_article, Instant at) {
  if (item.last_success_at || item.failures > 0) return;
  const bool was_trap = url_budget_.is_trap(item.host);
  url_budget_.note_visit(item.host, is_new_article, at);
  if (!was_trap && url_budget_.is_trap(item.host))
    log::warning("new addresses of this host hardly ever show a new article; few are taken now",
                 {{"source", item.source}, {"host", item.host}, {"url", item.url}});
}

void Crawler::note_stored(const storage::FrontierItem& item, const Decision& decision) {
  constexpr std::size_t kib = 1024;
  const auto& commit = decision.commit;
  const auto& capture = *commit.capture;
  const auto page = capture.sent.empty() ? capture.body.size() : capture.sent.size();
  const auto kept = page + commit.state->record.size();
  const int before = stored_.left(item.source, plan_->most_stored_a_day, commit.at);
  stored_.take(item.source, static_cast<int>(kept / kib) + 1, commit.at);
  if (before > 0 && stored_.left(item.source, plan_->most_stored_a_day, commit.at) == 0)
    log::warning("the source's revisions fill the disk faster than it may; it rests",
                 {{"source", item.source},
                  {"url", item.url},
                  {"until", to_rfc3339(stored_.renewed_at(item.source, commit.at))}});
}

}  // namespace tinwatch::crawl
