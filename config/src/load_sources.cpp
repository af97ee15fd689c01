#include "core/time.hpp"
#include "core/url.hpp"
#include "fetchers/bad_port.hpp"
#include "load_parts.hpp"

namespace tinwatch::config {
namespace {

/// `poll: 10m` is fixed; `poll: {min: 2m, max: 6h}` adapts.
void read_poll(YamlReader& in, monitor::Interval& poll) {
  const auto node = in.take("poll");
  if (node.IsDefined() && node.IsScalar()) {
    const auto fixed = parse_duration(node.Scalar());
    if (fixed && *fixed > 0ms)
      poll = {.min = *fixed, .max = *fixed};
    else
      in.reject(node, "poll must be a duration such as 10m, not '" + node.Scalar() + "'");
    return;
  }
  in.settings("poll", [&](YamlReader& range) {
    range.read("min", poll.min);
    range.read("max", poll.max);
    if (poll.min <= 0ms || poll.min > poll.max)
      range.reject("min must be above 0 and not above max");
  });
}

void read_removal(YamlReader& in, monitor::RemovalSettings& removal) {
  in.read("missing_after", removal.missing_after);
  in.read("over", removal.over);
  in.read("confirmations", removal.confirmations);
  in.read("confirm_over", removal.confirm_over);
  in.read("gone_confirmations", removal.gone_confirmations);
  if (removal.missing_after < 1 || removal.confirmations < 1)
    in.reject("missing_after and confirmations must be 1 or more");
  if (removal.confirm_over < removal.over) in.reject("confirm_over must not be below over");
}

SourceSettings read_source(YamlReader& in, const Config& config, const TimeZone& zone,
                           Findings& findings) {
  SourceSettings source;
  std::string profile;
  in.read("name", source.name);
  in.read("title", source.title);
  in.read("profile", profile);
  in.read("start", source.start);
  in.read("hosts", source.hosts);
  read_poll(in, source.poll);
  if (Duration recheck{0}; in.take("recheck").IsDefined()) {
    in.read("recheck", recheck);
    if (recheck > 0ms)
      source.recheck = recheck;
    else
      in.reject("recheck must be above 0");
  }
  in.settings("removal", [&](YamlReader& removal) { read_removal(removal, source.removal); });
  source.allow_networks = read_networks(in);
  require_name(in, source.name);
  if (source.title.empty()) source.title = source.name;

  source.site = parsers::Site::generic(zone);
  if (!profile.empty()) {
    auto site = load_profile(profile, config.file, zone);
    if (site)
      source.site = std::move(*site);
    else if (site.error().size() == 1 && site.error().front().starts_with("profile"))
      in.reject(site.error().front());
    else
      findings.faults.insert(findings.faults.end(), site.error().begin(), site.error().end());
  }
  if (source.start.empty()) source.start = source.site->profile().start;
  if (source.start.empty()) in.reject("start names no page, and no profile gives one");
  for (auto& url : source.start) {
    if (const auto fault = bad_start(url); !fault.empty()) {
      in.reject("start: " + fault);
      continue;
    }
    url = source.site->canonical(url);
    if (const auto missing = missing_contact(config, url); !missing.empty()) in.reject(missing);
  }
  auto hosts = source.hosts;
  // What a profile names and no address has leads nowhere anyway.
  for (const auto& host : source.site->profile().hosts)
    if (SiteScope::make({}, {host})) hosts.push_back(host);
  auto scope = SiteScope::make(source.start, hosts);
  if (!scope) in.reject("hosts: " + scope.error());
  source.scope = std::make_shared<const SiteScope>(scope ? std::move(*scope) : SiteScope());
  return source;
}

}  // namespace

std::string bad_start(const std::string& url) {
  const auto parts = parse_url(url);
  if (!parts)  // what has a password in it is not said again
    return (url.find('@') == std::string::npos ? '\'' + url + "' is no" : "it is no") +
           std::string(" http(s) address");
  if (fetchers::is_bad_port(parts->port))
    return "port " + parts->port + " of '" + url + "' is one that browsers refuse";
  return {};
}

void read_sources(YamlReader& root, std::deque<YamlReader>& included, Config& config,
                  const TimeZone& zone, Findings& findings) {
  UniqueNames names;
  const auto read = [&](YamlReader& in) {
    config.sources.push_back(read_source(in, config, zone, findings));
    names.add(in, config.sources.back().name);
  };
  root.each("sources", read);
  for (auto& part : included) part.each("sources", read);
}

}  // namespace tinwatch::config
