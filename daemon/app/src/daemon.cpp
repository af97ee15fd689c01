#include "app/daemon.hpp"

#include "access_settings.hpp"
#include "app/plan_from_config.hpp"
#include "async/clock_watch.hpp"
#include "async/persist.hpp"
#include "config_warnings.hpp"
#include "core/time.hpp"
#include "log_failure.hpp"
#include "open_files.hpp"
#include "own_watches.hpp"
#include "telemetry/log.hpp"
#include "visit_limit.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t parallel_loops = 16;
constexpr std::size_t most_receivers = 1000;
constexpr Duration remembered = 180 * 24h;  // articles that tell when a site publishes

/// One is left for everything else; two at least, so that no source's page stands in front of all
/// others'.
std::size_t parser_threads() { return std::max(3U, std::thread::hardware_concurrency()) - 1; }

/// Whether a host is to be spared until a time that no right clock wrote.
bool was_clock_ahead(const std::vector<HostState>& spared, Duration delay, Instant now) {
  const auto latest = now + longest_politeness(delay);
  return std::any_of(spared.begin(), spared.end(),
                     [&](const HostState& host) { return host.next_allowed > latest; });
}

}  // namespace

Daemon::Daemon(asio::io_context& io, config::Config config, Clock& clock)
    : io_(io),
      config_(std::move(config)),
      clock_(clock),
      cpu_(parser_threads()),
      store_(config_.storage.path),
      access_(store_, clock, access_settings(config_.http)),
      http_(io.get_executor(), clock, user_agent(config_)),
      polite_(http_, clock, io.get_executor(), cpu_.get_executor(), config_.fetch.per_host,
              "tinwatch",
              {.remember = [this](HostState state) { return store_.save_host(std::move(state)); },
               .remember_robots =
                   [this](std::string host, RobotsAnswer robots) {
                     return store_.save_robots(std::move(host), std::move(robots));
                   },
               .recall =
                   [this](std::string host) { return store_.read(&storage::Reader::host, host); }}),
      crawler_(polite_, store_, cpu_.get_executor(), parser_threads(), clock, metrics_,
               plan_from(config_)),
      visits_(io.get_executor(), most_visits(open_files().most), log_failure),
      scheduler_(io.get_executor(), clock, store_, polite_, crawler_, visits_),
      mailer_(io.get_executor()),
      delivery_loops_(io.get_executor(), most_receivers, log_failure),
      beats_(io.get_executor(), most_receivers, log_failure),
      reload_turn_(io.get_executor(), 1),
      watches_(listed(config_)),
      desk_(store_, clock,
            {.config = [this]() -> const config::Config& { return config_; },
             .context = [this] { return context(); },
             .follow = [this] { return follow_watches(); }}),
      index_(store_, io.get_executor(), clock),
      event_feed_(store_, io.get_executor(), clock),
      store_bell_(io.get_executor(), clock),
      loops_(io.get_executor(), parallel_loops, log_failure),
      started_at_(clock.now()),
      loaded_at_(started_at_) {
  crawler_.on_deliveries = [this] {
    for (const auto& [name, loop] : deliveries_) loop->ring();
    index_.ring();
  };
  crawler_.on_found = [this](const std::string& host) { scheduler_.ring(host); };
  store_.on_disk_failure([this](const std::string& why) {
    metrics_.store_failed();
    store_trouble_ = store_fault_ = why;
    store_bell_.ring();
  });
  store_.on_commit([this](std::chrono::nanoseconds took) {
    metrics_.committed(took);
    store_fault_.clear();
    event_feed_.ring();
  });
}

Task<> Daemon::start() {
  log_warnings(config_);
  co_await follow_watches();
  co_await store_.sync_sources(source_entries(config_), clock_.now());
  auto spared = co_await store_.read(&storage::Reader::hosts_to_spare, clock_.now());
  if (was_clock_ahead(spared, config_.fetch.per_host.delay, clock_.now())) {
    log::warning("the clock was ahead in an earlier run; what was to wait until then goes on now");
    co_await store_.mend_times(clock_.now(), config_.fetch.per_host.delay);
    spared = co_await store_.read(&storage::Reader::hosts_to_spare, clock_.now());
  }
  polite_.restore(spared, store_.was_clean());
  const auto past =
      co_await store_.read(&storage::Reader::live_articles, clock_.now() - remembered);
  crawler_.cadence().restore(crawler_.plan(), past);
  const auto troubles = co_await store_.read(&storage::Reader::conditions);
  crawler_.health().restore(crawler_.plan(), past, troubles, clock_.now());
  for (const auto& source : troubles)
    crawler_.parameters().restore(source.source, source.empty_parameters);
  if (!store_.was_clean())
    log::info("the last run did not end in order; every host waits one full delay");
  const auto waiting = co_await store_.read(&storage::Reader::waiting_deliveries);
  log_left_out(config_, waiting);
  co_await follow_receivers();
  auto scheduling = persist([this] { return scheduler_.run(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(scheduling));
  auto tidying = persist([this] { return housekeeping(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(tidying));
  auto watching = persist([this] { return watch_sources(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(watching));
  auto beats = persist([this] { return beat(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(beats));
  auto watching_store = persist([this] { return watch_store(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(watching_store));
  auto watching_file = persist([this] { return watch_file(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(watching_file));
  auto resending = persist([this] { return resend_conditions(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(resending));
  auto indexing = persist([this] { return index_.run(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(indexing));
  auto telling = persist([this] { return event_feed_.run(); }, clock_, log_failure);
  co_await loops_.spawn(std::move(telling));
  metrics_.reloaded(true, clock_.now());
  ready_ = true;
  watching_since_ = clock_.now();
  log::info("watching", {{"sources", config_.sources.size()},
                         {"watches", config_.watches.size()},
                         {"database", config_.storage.path}});
}

void Daemon::declare_series() {
  telemetry::Metrics::Names names;
  for (const auto& source : config_.sources) names.sources.push_back(source.name);
  for (const auto& receiver : config_.receivers) names.receivers.push_back(receiver.name);
  for (const auto& watch : config_.watches)
    if (watch.metrics) names.watches.push_back(watch.name);
  metrics_.declare(std::move(names));
}

Task<> Daemon::stop() {
  ready_ = false;
  loops_.cancel();
  co_await loops_.join();
  visits_.cancel();
  crawler_.give_up_pages();
  delivery_loops_.cancel();
  beats_.cancel();
  co_await visits_.join();
  co_await delivery_loops_.join();
  co_await beats_.join();
  co_await store_.close_cleanly();
  log::info("stopped");
}

Task<> Daemon::watch_sources() {
  for (;;) {
    co_await clock_.sleep_for(5min);
    co_await crawler_.examine_sources();
  }
}

Task<> Daemon::watch_clock() {
  ClockWatch watch(clock_);
  for (;;) {
    co_await clock_.sleep_for(2s);
    const auto by = watch.jump();
    if (by == Duration{0}) continue;
    metrics_.clock_jumped(by);
    const bool back = by < Duration{0};
    log::warning("the machine's clock was set",
                 {{"direction", back ? "back" : "forward"}, {"by", to_text(back ? -by : by)}});
    crawler_.clock_was_set(by);
    // One after the other: what was written is not written again where the next one fails.
    auto moving = persist([this, by] { return store_.move_waits(by); }, clock_, log_failure);
    co_await std::move(moving);
    auto following = persist([this, back] { return clock_was_set(back); }, clock_, log_failure);
    co_await std::move(following);
  }
}

Task<> Daemon::clock_was_set(bool back) {
  if (back) co_await store_.mend_times(clock_.now(), config_.fetch.per_host.delay);
  scheduler_.clock_was_set();
  for (const auto& [name, loop] : deliveries_) loop->ring();
}

bool Daemon::is_busy() const {
  return http_.in_flight() > 0 || polite_.working() > 0 || store_.pending() > 0 ||
         crawler_.working() > 0 || configuring_ > 0;
}

std::chrono::minutes Daemon::utc_offset() const { return zone_of(config_).offset_at(clock_.now()); }

}  // namespace tinwatch::app
