#include "app/daemon.hpp"
#include "app/plan_from_config.hpp"
#include "async/counted.hpp"
#include "config_warnings.hpp"
#include "own_watches.hpp"
#include "telemetry/log.hpp"

#include <set>
#include <utility>

/// Another configuration in the place of the running one, whole or not at all.
namespace tinwatch::app {
namespace {

std::string what(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    return e.what();
  }
}

/// Those that are reached in another way than before: what their old address said counts no more.
std::vector<std::string> mended_receivers(const config::Config& before,
                                          const config::Config& after) {
  std::vector<std::string> out;
  for (const auto& receiver : after.receivers)
    for (const auto& old : before.receivers)
      if (old.name == receiver.name && old.fingerprint != receiver.fingerprint)
        out.push_back(receiver.name);
  return out;
}

void log_notes(const Merged& all) {
  for (const auto& [watch, text] : all.notes)
    log::warning("a watch that was made here is not as it was", {{"watch", watch}, {"why", text}});
}

/// As it is in force: what does not reload is shown as it was.
std::shared_ptr<const config::ShownConfig> shown_with_fixed(const config::Config& loaded,
                                                            const config::Config& running) {
  if (!loaded.shown || !running.shown) return loaded.shown;
  auto out = *loaded.shown;
  for (const auto* key : {"storage", "http"}) out.take(key, *running.shown);
  return std::make_shared<const config::ShownConfig>(std::move(out));
}

std::set<std::string> source_names(const config::Config& config) {
  std::set<std::string> out;
  for (const auto& source : config.sources) out.insert(source.name);
  return out;
}

/// Thousands of watches take their time to be freed, too.
bool forget(config::Config) { return true; }

}  // namespace

Result<Daemon::Loaded, config::Faults> Daemon::load(std::string file, storage::OwnSettings own) {
  auto config = config::load(file);
  if (!config) return fail(std::move(config.error()));
  auto all = merged(std::move(*config), own);
  log_notes(all);
  return Loaded{std::move(all.config), std::move(all.plan), std::move(all.watches)};
}

Task<> Daemon::follow_watches() {
  const auto mine = ++follows_asked_;
  const auto turn = co_await reload_turn_.acquire();
  if (follows_answered_ >= mine) co_return;
  const Counted working(configuring_);
  // Whoever has asked by now had written before, and is in what is read from here on.
  const auto asked = follows_asked_;
  auto own = co_await store_.read(&storage::own_settings, clock_.now());
  auto config = config_;
  auto all = co_await run_on(files_.get_executor(), &merged, std::move(config), std::move(own));
  if (!ready_) log_notes(all);
  crawler_.follow(std::move(all.plan));
  watches_ = std::move(all.watches);
  auto old = std::exchange(config_, std::move(all.config));
  declare_series();
  follows_answered_ = asked;
  co_await run_on(files_.get_executor(), &forget, std::move(old));
}

Task<ReloadResult> Daemon::reload_file() {
  const auto mine = ++reloads_asked_;
  const auto turn = co_await reload_turn_.acquire();
  if (reloads_answered_ < mine) {
    // Whoever has asked by now wants the file as it is read from here on.
    const auto asked = reloads_asked_;
    reload_tried_at_ = clock_.now();
    last_reload_ = co_await read_again();
    reloads_answered_ = asked;
  }
  co_return last_reload_;
}

Task<ReloadResult> Daemon::read_again() {
  const Counted working(configuring_);
  auto own = co_await store_.read(&storage::own_settings, clock_.now());
  auto loaded = co_await run_on(files_.get_executor(), &Daemon::load, config_.file, std::move(own));
  if (loaded) co_return co_await put_in_force(std::move(*loaded));
  co_return fail(keep_running({ReloadFault::Kind::configuration, std::move(loaded.error())}));
}

Task<ReloadResult> Daemon::put_in_force(Loaded loaded) {
  auto& config = loaded.config;
  if (config.storage != config_.storage || config.http != config_.http)
    log::warning("storage and http do not reload; restart to change them");
  config.storage = config_.storage;
  config.http = config_.http;
  config.shown = shown_with_fixed(config, config_);
  // What can fail comes first, and is one transaction: until that is on disk, everything goes on as
  // before.
  std::exception_ptr failure;
  std::vector<std::pair<std::string, std::int64_t>> waiting;
  try {
    waiting = co_await store_.read(&storage::Reader::waiting_deliveries);
    auto entries = source_entries(config);
    auto mended = mended_receivers(config_, config);
    co_await store_.reload(std::move(entries), std::move(mended), clock_.now());
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure && is_cancellation(failure)) std::rethrow_exception(failure);
  if (failure)
    co_return fail(
        keep_running({ReloadFault::Kind::store,
                      {config_.storage.path + ": cannot be written: " + what(failure)}}));
  // The sources of the plan and of the store change together: a visit whose source is in one of
  // them alone comes back without having done anything.
  crawler_.follow(std::move(loaded.plan));
  watches_ = std::move(loaded.watches);
  loaded_at_ = clock_.now();
  if (source_names(config) != source_names(config_)) watching_since_ = loaded_at_;
  auto old = std::exchange(config_, std::move(config));
  log::follow(config_.log);
  log_warnings(config_);
  log_left_out(config_, waiting);
  http_.set_user_agent(user_agent(config_));
  polite_.configure(config_.fetch.per_host);
  declare_series();
  scheduler_.ring();
  co_await follow_receivers();
  metrics_.reloaded(true, clock_.now());
  log::info("configuration reloaded",
            {{"file", config_.file}, {"sources", config_.sources.size()}});
  co_await run_on(files_.get_executor(), &forget, std::move(old));
  co_return true;
}

ReloadFault Daemon::keep_running(ReloadFault fault) {
  metrics_.reloaded(false, clock_.now());
  auto first = fault.faults.front();
  if (const auto more = fault.faults.size() - 1; more > 0)
    first += " (and " + std::to_string(more) + " more: 'tinwatch check' names them all)";
  log::error("configuration not reloaded; the running one stays in force", {{"fault", first}});
  return fault;
}

}  // namespace tinwatch::app
