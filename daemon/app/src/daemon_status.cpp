#include "app/daemon.hpp"
#include "core/time.hpp"
#include "fetchers/library_versions.hpp"
#include "storage/library_versions.hpp"
#include "telemetry/version.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <numeric>
#include <unistd.h>

/// What the daemon tells of itself: the configuration in force, how it was built, how it runs.
namespace tinwatch::app {
namespace {

namespace json = boost::json;

std::size_t made_here(const config::Config& config) {
  return static_cast<std::size_t>(
      std::count_if(config.watches.begin(), config.watches.end(),
                    [](const auto& watch) { return watch.origin == config::Origin::api; }));
}

}  // namespace

api::Reply Daemon::config_status() const {
  return api::json_reply(
      json::object{{"file", config_.file},
                   {"loadedAt", to_rfc3339(loaded_at_)},
                   {"yaml", config_.shown ? config_.shown->yaml() : std::string()}});
}

api::Reply Daemon::build_status() {
  json::object libraries;
  for (const auto& versions :
       {tinwatch::library_versions(), fetchers::library_versions(), storage::library_versions()})
    for (const auto& [name, version] : versions) libraries[name] = version;
  return api::json_reply(json::object{{"version", telemetry::version()},
                                      {"revision", telemetry::revision()},
                                      {"compiler", __VERSION__},
                                      {"libraries", std::move(libraries)}});
}

Task<api::Reply> Daemon::runtime_status() {
  const auto overview = co_await store_.ask(&storage::Reader::overview, clock_.now());
  const auto articles =
      std::accumulate(overview.sources.begin(), overview.sources.end(), std::int64_t{0},
                      [](std::int64_t sum, const auto& source) { return sum + source.articles; });
  json::object reload{{"loadedAt", to_rfc3339(loaded_at_)}, {"taken", last_reload_.has_value()}};
  if (reload_tried_at_) reload["triedAt"] = to_rfc3339(*reload_tried_at_);
  if (!last_reload_) {
    const auto& faults = last_reload_.error().faults;
    reload["faults"] = json::array(faults.begin(), faults.end());
  }
  json::object out{{"time", to_rfc3339(clock_.now())},
                   {"startedAt", to_rfc3339(started_at_)},
                   {"pid", ::getpid()},
                   {"configFile", config_.file},
                   {"reload", std::move(reload)},
                   {"timezone", config_.timezone},
                   {"database",
                    {{"path", config_.storage.path},
                     {"schema", storage::newest_schema()},
                     {"sizeBytes", overview.size_bytes},
                     {"freeBytes", overview.free_bytes}}},
                   {"counts",
                    {{"sources", config_.sources.size()},
                     {"watches", config_.watches.size()},
                     {"watchesMadeHere", made_here(config_)},
                     {"receivers", config_.receivers.size()},
                     {"articles", articles},
                     {"events", overview.last_event_seq},
                     {"streams", event_feed_.listeners()}}}};
  co_return api::json_reply(out);
}

}  // namespace tinwatch::app
