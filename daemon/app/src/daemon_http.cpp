#include "api/accepted_coding.hpp"
#include "api/answer.hpp"
#include "api/change_tokens.hpp"
#include "api/find_article.hpp"
#include "api/routes.hpp"
#include "app/daemon.hpp"
#include "config_warnings.hpp"
#include "core/gzip.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "pages/answer.hpp"
#include "storage/backup.hpp"
#include "storage/error.hpp"
#include "telemetry/log.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <string_view>

namespace tinwatch::app {
namespace {

namespace json = boost::json;

/// On a reader thread: what is read for the gauges, and the page itself, which is not cheap. `now`
/// names the sources and receivers of the configuration in force: those alone are shown.
std::string metrics_text(const storage::Reader& reader, const telemetry::Metrics* metrics,
                         telemetry::Snapshot now, Instant at, bool is_packed) {
  const auto overview = reader.overview(at);
  std::map<std::string_view, telemetry::Snapshot::Source*> sources;
  for (auto& source : now.sources) sources.emplace(source.name, &source);
  for (const auto& stored : overview.sources) {
    const auto found = sources.find(stored.name);
    if (found == sources.end()) continue;
    auto& source = *found->second;
    source.articles = stored.articles;
    source.last_success_at = stored.last_success_at;
    source.last_new_article_at = stored.last_new_article_at;
    source.silent = stored.silent_since.has_value();
    source.unreachable = stored.unreachable_since.has_value();
    source.drifted = stored.drifted_since.has_value();
    source.never_read = !stored.last_success_at;
  }
  std::map<std::string_view, telemetry::Snapshot::Outbox*> outboxes;
  for (auto& outbox : now.outboxes) outboxes.emplace(outbox.receiver, &outbox);
  for (const auto& stored : overview.outbox) {
    const auto found = outboxes.find(stored.receiver);
    if (found == outboxes.end()) continue;
    auto& outbox = *found->second;
    outbox.pending = stored.pending;
    outbox.dead = stored.dead;
    outbox.oldest = stored.oldest;
  }
  for (auto& outbox : now.outboxes) {
    const auto state = reader.receiver(outbox.receiver);
    outbox.failing = state.is_failing;
    outbox.disabled = state.disabled;
  }
  now.frontier_due = overview.frontier_due;
  now.frontier_waiting = overview.frontier_waiting;
  now.frontier_blocked = overview.frontier_blocked;
  now.frontier_retired = overview.frontier_retired;
  now.oldest_due = overview.oldest_due;
  now.store_size_bytes = overview.size_bytes;
  now.store_free_bytes = overview.free_bytes;
  now.last_backup_at = storage::last_backup(reader);
  auto page = metrics->serialise(now);
  return is_packed ? gzip(page) : page;
}

api::Reply plain(int status, std::string text) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

api::Reply failure_reply(const std::exception_ptr& failure, const std::string& handler) {
  try {
    std::rethrow_exception(failure);
  } catch (const storage::GivenUp& late) {
    return api::problem(503, "Service Unavailable", late.what());
  } catch (const std::exception& e) {
    log::trouble("a request failed", e.what(), {{"handler", handler}});
    return api::problem(500, "Internal Server Error", "the daemon's log says why");
  }
}

}  // namespace

Task<api::Reply> Daemon::handle(api::Request request) {
  const api::Route* known = nullptr;  // the row that answers
  api::Reply reply;
  std::exception_ptr failure;
  api::Request asked;  // as far as a fault asks
  asked.accept = request.accept;
  asked.accept_language = request.accept_language;
  try {
    auto admitted = co_await let_in(request);
    if (admitted) {
      known = *admitted;
      reply = co_await route(*known, std::move(request));
    } else {
      reply = pages::fault_page(asked, std::move(admitted.error()));
    }
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure && is_cancellation(failure)) std::rethrow_exception(failure);
  const auto handler = known ? std::string(known->handler_label()) : "other";
  if (failure) reply = pages::fault_page(asked, failure_reply(failure, handler));
  if (reply.handler.empty()) reply.handler = handler;
  for (const auto& row : reply.damaged)
    log::trouble("a stored row is damaged and was left out of an answer", row);
  metrics_.http_request(reply.handler, reply.status);
  co_return reply;
}

void Daemon::note_refused(int status) { metrics_.http_request("other", status); }

api::Context Daemon::context() const {
  return {.now = clock_.now(),
          .external_url = config_.http.external_url,
          .utc_offset = utc_offset(),
          .aliases = config_.aliases,
          .watches = watches_};
}

Task<api::Reply> Daemon::route(const api::Route& route, api::Request request) {
  auto context = this->context();
  if (auto refusal = api::bad_parameter(route, request, context))
    co_return pages::fault_page(request, std::move(*refusal));
  if (auto refusal = api::bad_body(route, request)) co_return std::move(*refusal);
  if (const auto* const handler = std::get_if<api::DaemonHandler>(&route.handler))
    co_return co_await answer_itself(*handler, std::move(request));
  if (route.is_streamed && api::wants_stream(request))
    co_return co_await event_feed_.open(std::move(request), context);
  if (route.is_examination) co_return co_await examine(route, std::move(request));
  if (route.is_page()) co_return co_await store_.ask(pages::answer, std::move(request), context);
  co_return co_await store_.ask(&api::answer_row, &route, std::move(request), context);
}

Task<api::Reply> Daemon::answer_itself(api::DaemonHandler handler, api::Request request) {
  using api::DaemonHandler;
  switch (handler) {
    case DaemonHandler::metrics: co_return co_await metrics_page(std::move(request));
    case DaemonHandler::healthy: co_return plain(200, "Tinwatch is healthy.\n");
    case DaemonHandler::ready: co_return co_await readiness();
    case DaemonHandler::reload: co_return co_await reload_reply();
    case DaemonHandler::recheck: co_return co_await recheck(std::move(request));
    case DaemonHandler::fetch: co_return co_await fetch(std::move(request));
    case DaemonHandler::outbox: co_return co_await change_outbox(std::move(request));
    case DaemonHandler::backup_made: co_return co_await note_backup(std::move(request));
    case DaemonHandler::receiver_test: co_return co_await test_receiver(std::move(request));
    case DaemonHandler::log_in: co_return co_await log_in(std::move(request));
    case DaemonHandler::log_out: co_return co_await access_.log_out(std::move(request));
    case DaemonHandler::token_create:
      co_return co_await api::create_token(store_, std::move(request), clock_.now());
    case DaemonHandler::token_revoke:
      co_return co_await api::revoke_token(store_, std::move(request), clock_.now());
    case DaemonHandler::watch_add: co_return co_await desk_.add_watch(std::move(request));
    case DaemonHandler::watch_change: co_return co_await desk_.change_watch(std::move(request));
    case DaemonHandler::watch_delete: co_return co_await desk_.delete_watch(std::move(request));
    case DaemonHandler::watch_preview: co_return co_await desk_.preview_watch(std::move(request));
    case DaemonHandler::snooze: co_return co_await desk_.snooze(std::move(request));
    case DaemonHandler::snooze_end: co_return co_await desk_.end_snooze(std::move(request));
    case DaemonHandler::triage: co_return co_await desk_.triage(std::move(request));
    case DaemonHandler::watch_form: co_return co_await desk_.watch_form(std::move(request));
    case DaemonHandler::hit_form: co_return co_await desk_.hit_form(std::move(request));
    case DaemonHandler::status_config: co_return config_status();
    case DaemonHandler::status_build: co_return build_status();
    case DaemonHandler::status_runtime: co_return co_await runtime_status();
  }
  co_return api::problem(404, "Not Found", "no such resource");
}

Task<api::Reply> Daemon::examine(const api::Route& route, api::Request request) {
  if (examinations_ > 0) {
    auto busy = api::problem(503, "Service Unavailable",
                             "another check of the database is under way; ask again when it ended");
    busy.retry_after = 60;
    co_return busy;
  }
  const Counted counted(examinations_);
  const api::Context context{.now = clock_.now(), .utc_offset = utc_offset()};
  co_return co_await store_.examine(&api::answer_row, &route, std::move(request), context);
}

Task<api::Reply> Daemon::metrics_page(api::Request request) {
  telemetry::Snapshot now;
  for (const auto& source : config_.sources)
    now.sources.push_back({.name = source.name,
                           .no_articles = crawler_.health().names_no_article(source.name),
                           .feed_cut = crawler_.health().is_cut(source.name)});
  for (const auto& receiver : config_.receivers)
    now.outboxes.push_back({.receiver = receiver.name});
  now.hosts_blocked = polite_.blocked_hosts();
  const telemetry::Metrics* const metrics = &metrics_;
  const bool is_packed = api::accepts_gzip(request.header("accept-encoding"));
  auto text = co_await store_.ask(metrics_text, metrics, std::move(now), clock_.now(), is_packed);
  api::Reply reply;
  reply.vary = "Accept-Encoding";
  if (is_packed) reply.content_coding = "gzip";
  reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
  reply.body = std::move(text);
  co_return reply;
}

Task<api::Reply> Daemon::reload_reply() {
  const auto reloaded = co_await reload_file();
  if (reloaded) co_return plain(200, "");
  const auto& fault = reloaded.error();
  std::string faults;
  for (const auto& one : fault.faults) faults += one + '\n';
  const bool invalid = fault.kind == ReloadFault::Kind::configuration;
  auto reply =
      api::problem(invalid ? 500 : 503,
                   invalid ? "the configuration is not valid; the running one stays in force"
                           : "the database cannot be written; the running configuration stays in "
                             "force",
                   faults);
  co_return reply;
}

Task<api::Reply> Daemon::recheck(api::Request request) {
  const auto target = request.parameter("target");
  const auto url = canonical_url(target);
  auto key = url.value_or(target);
  if (const auto article = co_await store_.ask(api::find_article, target)) key = article->id;
  const auto made_due = co_await store_.make_due(key, clock_.now());
  json::object answer{{"due", made_due}};
  if (made_due > 0 && request.parameter("now") == "1")
    co_await lift_blocks(std::move(key), url.value_or(""), answer);
  scheduler_.ring();
  if (made_due == 0)
    co_return api::problem(404, "Not Found", "no source and no article '" + target + "'");
  co_return api::json_reply(answer);
}

Task<> Daemon::lift_blocks(std::string key, std::string url, json::object& answer) {
  json::array lifted;
  json::array kept;
  const auto hosts = co_await store_.ask(&storage::Reader::hosts_of, std::move(key));
  for (const auto& host : hosts) {
    const auto wish = co_await polite_.lift_block(host, url);
    if (wish.was_ours) lifted.push_back(json::string(host));
    if (wish.kept_until)
      kept.push_back(
          json::object{{"host", host}, {"until", to_rfc3339(*wish.kept_until)}, {"why", wish.why}});
    scheduler_.ring(host);
  }
  answer["lifted"] = std::move(lifted);
  answer["kept"] = std::move(kept);
}

Task<api::Reply> Daemon::fetch(api::Request request) {
  fetchers::FetchRequest out;
  out.url = request.parameter("url");
  out.timeout = config_.fetch.timeout;
  out.max_body = config_.fetch.max_body;
  for (const auto& source : config_.sources)
    for (const auto& start : source.start)
      if (host_key(start) == host_key(out.url)) {
        // What is open to a source is open to its own pages alone, behind redirects too.
        out.allow_networks = source.allow_networks;
        out.scope = source.scope;
      }
  const auto result = co_await polite_.fetch(std::move(out));
  json::object exchange;
  if (result) {
    exchange["url"] = result->url;
    exchange["status"] = result->status;
    json::object headers;
    for (const auto& [name, value] : result->headers) headers[name] = value;
    exchange["headers"] = std::move(headers);
    exchange["redirects"] = json::array(result->redirects.begin(), result->redirects.end());
    exchange["bodyBytes"] = result->body.size();
    exchange["wireBytes"] = result->wire_bytes;
    exchange["elapsedMs"] = result->elapsed.count();
  } else {
    exchange["error"] = {{"kind", label(result.error().kind)}, {"detail", result.error().detail}};
  }
  auto reply = api::json_reply(exchange);
  if (!result) reply.status = 502;
  co_return reply;
}

}  // namespace tinwatch::app
