#include "app/plan_from_config.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "telemetry/version.hpp"

#include <stdexcept>

namespace tinwatch::app {

std::shared_ptr<const crawl::Plan> plan_from(const config::Config& config) {
  auto plan = std::make_shared<crawl::Plan>();
  plan->timeout = config.fetch.timeout;
  plan->max_body = config.fetch.max_body;
  plan->url_limits = {.urls_of_a_host = config.fetch.new_urls_a_day,
                      .hosts_of_a_source = config.fetch.per_host.new_hosts_a_day};
  plan->shortcuts = config.fetch.shortcuts;
  plan->requests_an_hour = config.fetch.requests_an_hour;
  for (const auto& source : config.sources)
    plan->sources.emplace(source.name, crawl::SourcePlan{source.name, source.site, source.start,
                                                         source.scope, source.poll, source.recheck,
                                                         source.removal, source.allow_networks});
  std::vector<watch::Watch> watches;
  for (const auto& watch : config.watches) {
    watches.push_back({watch.name, watch.query});
    plan->watches.push_back({.title = watch.title,
                             .team = watch.team,
                             .receivers = watch.receivers,
                             .include_baseline = watch.include_baseline,
                             .include_backfill = watch.include_backfill,
                             .metrics = watch.metrics,
                             .is_own = watch.origin == config::Origin::api,
                             .snooze_until = watch.snooze_until});
  }
  plan->watch_set = watch::WatchSet::compile(std::move(watches));
  for (const auto& route : config.routes) plan->routes.push_back({route.type, route.receivers});
  for (const auto& receiver : config.receivers)
    plan->receivers.emplace(receiver.name,
                            crawl::ReceiverPlan{receiver.team, receiver.min_severity});
  return plan;
}

std::vector<storage::SourceEntry> source_entries(const config::Config& config) {
  std::vector<storage::SourceEntry> out;
  for (const auto& source : config.sources) {
    storage::SourceEntry entry{.name = source.name, .title = source.title};
    for (const auto& url : source.start)
      entry.start.push_back({url, host_key(url), TargetKind::listing});
    out.push_back(std::move(entry));
  }
  return out;
}

TimeZone zone_of(const config::Config& config) {
  return TimeZone::find(config.timezone).value_or(TimeZone::fixed({}));
}

parsers::SitePtr site_for(const config::Config& config, const std::string& profile) {
  if (profile.empty()) return parsers::Site::generic(zone_of(config));
  auto site = config::load_profile(profile, config.file, zone_of(config));
  if (!site) throw std::invalid_argument(join(site.error(), "\n"));
  return std::move(*site);
}

std::string user_agent(const config::Config& config) {
  auto agent = "tinwatch/" + std::string(telemetry::release());
  if (!config.fetch.contact.empty()) agent += " (+" + config.fetch.contact + ')';
  return agent;
}

}  // namespace tinwatch::app
