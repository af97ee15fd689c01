#include "plan_from_config.hpp"

#include "core/url.hpp"
#include "telemetry/version.hpp"

namespace tinwatch::app {

std::shared_ptr<const pipeline::Plan> plan_from(const config::Config& config) {
  auto plan = std::make_shared<pipeline::Plan>();
  plan->timeout = config.fetch.timeout;
  plan->max_body = config.fetch.max_body;
  plan->url_limits = {.urls_of_a_host = config.fetch.new_urls_a_day,
                      .hosts_of_a_source = config.fetch.per_host.new_hosts_a_day};
  plan->shortcuts = config.fetch.shortcuts;
  plan->requests_an_hour = config.fetch.requests_an_hour;
  for (const auto& source : config.sources)
    plan->sources.emplace(
        source.name,
        pipeline::SourcePlan{source.name, source.site, source.start, source.scope, source.poll,
                             source.recheck, source.removal, source.allow_networks});
  for (const auto& watch : config.watches)
    plan->watches.push_back({watch.name, watch.title, watch.team, watch.query, watch.receivers,
                             watch.include_baseline, watch.include_backfill, watch.metrics});
  for (const auto& route : config.routes) plan->routes.push_back({route.type, route.receivers});
  for (const auto& receiver : config.receivers) plan->teams.emplace(receiver.name, receiver.team);
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

std::string user_agent(const config::Config& config) {
  auto agent = "tinwatch/" + std::string(telemetry::release());
  if (!config.fetch.contact.empty()) agent += " (+" + config.fetch.contact + ')';
  return agent;
}

}  // namespace tinwatch::app
