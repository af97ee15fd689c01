#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "fetchers/bad_port.hpp"
#include "load_parts.hpp"
#include "regular_file.hpp"

#include <algorithm>
#include <set>

namespace tinwatch::config {
namespace {

void read_storage(YamlReader& in, StorageSettings& storage) {
  constexpr std::string_view prefix = "sqlite://";
  std::string url = std::string(prefix) + storage.path;
  in.read("url", url);
  if (url.starts_with(prefix) && url.size() > prefix.size())
    storage.path = url.substr(prefix.size());
  else
    in.reject("url must be sqlite:///PATH, not '" + url + "'");
  in.section("raw", [&](YamlReader& raw) { raw.read("keep", storage.keep_raw); });
}

/// Whether `host[:port]` is this machine to whoever reads it.
bool is_loopback_host(const std::string& host) {
  return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

/// A listener that everybody can reach needs tokens, and there are none yet.
bool is_loopback(const std::string& listen) {
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return false;
  const auto host = listen.substr(0, colon);
  const auto port = listen.substr(colon + 1);
  const bool digits =
      !port.empty() && port.size() <= 5 &&
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && std::stoi(port) <= 65535 &&
         (host == "127.0.0.1" || host == "[::1]" || host == "localhost");
}

void read_http(YamlReader& in, HttpSettings& http) {
  in.read("listen", http.listen);
  in.read("external_url", http.external_url);
  in.read("allowed_hosts", http.allowed_hosts);
  in.read("socket", http.socket);
  for (const auto& listen : http.listen)
    if (!is_loopback(listen))
      in.reject("listen: '" + listen +
                "' must be 127.0.0.1:PORT or [::1]:PORT; for other machines put a reverse proxy in "
                "front");
  if (!parse_url(http.external_url))
    in.reject("external_url must be an http(s) address, not '" + http.external_url + "'");
  if (!http.external_url.ends_with('/')) http.external_url += '/';
  if (http.socket.size() > 100)
    in.reject("socket: the path is longer than a Unix socket's may be (100 bytes)");
}

/// The list names what is on; without it everything is.
void read_shortcuts(YamlReader& in, monitor::Shortcuts& shortcuts) {
  std::vector<std::string> names = {"not_modified", "bytes_equal", "region_equal"};
  in.read("shortcuts", names);
  shortcuts = {.not_modified = false, .bytes_equal = false, .region_equal = false};
  for (const auto& name : names) {
    if (name == "not_modified")
      shortcuts.not_modified = true;
    else if (name == "bytes_equal")
      shortcuts.bytes_equal = true;
    else if (name == "region_equal")
      shortcuts.region_equal = true;
    else
      in.reject("shortcuts: '" + name + "' is none of not_modified, bytes_equal, region_equal");
  }
}

void read_fetch(YamlReader& in, FetchSettings& fetch) {
  in.read("contact", fetch.contact);
  in.read("timeout", fetch.timeout);
  in.read_size("max_body", fetch.max_body);
  in.section("per_host", [&](YamlReader& host) {
    int connections = static_cast<int>(fetch.per_host.connections);
    host.read("connections", connections);
    host.read("delay", fetch.per_host.delay);
    int requests = static_cast<int>(fetch.requests_an_hour);
    host.read("requests_per_hour", requests);
    if (requests < 1 || requests > 36000) host.reject("requests_per_hour must be 1 to 36000");
    fetch.requests_an_hour = requests;
    host.read("new_urls_per_day", fetch.new_urls_a_day);
    if (fetch.new_urls_a_day < 1) host.reject("new_urls_per_day must be 1 or more");
    if (connections < 1 || connections > 16) host.reject("connections must be 1 to 16");
    fetch.per_host.connections = static_cast<std::size_t>(std::max(1, connections));
  });
  in.read("new_hosts_per_day", fetch.per_host.new_hosts_a_day);
  if (fetch.per_host.new_hosts_a_day < 1) in.reject("new_hosts_per_day must be 1 or more");
  read_shortcuts(in, fetch.shortcuts);
  if (fetch.timeout < 1s || fetch.timeout > 10min) in.reject("timeout must be 1s to 10m");
  if (fetch.max_body < 1024 || fetch.max_body > std::size_t{256} * 1024 * 1024)
    in.reject("max_body must be 1KiB to 256MiB");
  if (fetch.contact.find_first_of("\r\n") != std::string::npos)
    in.reject("contact must be one line");
}

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
  in.section("poll", [&](YamlReader& range) {
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
                           Faults& faults) {
  SourceSettings source;
  std::string profile;
  in.read("name", source.name);
  in.read("title", source.title);
  in.read("profile", profile);
  std::vector<std::string> hosts;
  in.read("start", source.start);
  in.read("hosts", hosts);
  read_poll(in, source.poll);
  if (Duration recheck{0}; in.take("recheck").IsDefined()) {
    in.read("recheck", recheck);
    if (recheck > 0ms)
      source.recheck = recheck;
    else
      in.reject("recheck must be above 0");
  }
  in.section("removal", [&](YamlReader& removal) { read_removal(removal, source.removal); });
  source.allow_networks = read_networks(in);
  if (!is_name(source.name))
    in.reject("name '" + source.name + "' must match ^[a-z0-9][a-z0-9_-]{0,62}$");
  if (source.title.empty()) source.title = source.name;

  source.site = parsers::Site::generic(zone);
  if (!profile.empty()) {
    auto site = load_profile(profile, config.file, zone);
    if (site)
      source.site = std::move(*site);
    else if (site.error().size() == 1 && site.error().front().starts_with("profile"))
      in.reject(site.error().front());
    else
      faults.insert(faults.end(), site.error().begin(), site.error().end());
  }
  if (source.start.empty()) source.start = source.site->profile().start;
  if (source.start.empty()) in.reject("start names no page, and no profile gives one");
  for (auto& url : source.start) {
    if (const auto parts = parse_url(url); !parts)
      in.reject("start: '" + url + "' is no http(s) address");
    else if (fetchers::is_bad_port(parts->port))
      in.reject("start: port " + parts->port + " of '" + url + "' is one that browsers refuse");
    url = source.site->canonical(url);
    if (const auto missing = missing_contact(config, url); !missing.empty()) in.reject(missing);
  }
  // What a profile names and no address has leads nowhere anyway.
  for (const auto& host : source.site->profile().hosts)
    if (SiteScope::make({}, {host})) hosts.push_back(host);
  auto scope = SiteScope::make(source.start, hosts);
  if (!scope) in.reject("hosts: " + scope.error());
  source.scope = std::make_shared<const SiteScope>(scope ? std::move(*scope) : SiteScope());
  return source;
}

template <class Settings>
void require_unique(const std::vector<Settings>& list, const char* what, const std::string& file,
                    Faults& faults) {
  std::set<std::string> seen;
  for (const auto& item : list)
    if (!seen.insert(item.name).second)
      faults.push_back(file + ":1:1: " + what + ": the name '" + item.name + "' stands twice");
}

void require_receivers(const Config& config, const std::vector<std::string>& names,
                       const std::string& where, Faults& faults) {
  for (const auto& name : names) {
    const auto receiver = std::find_if(config.receivers.begin(), config.receivers.end(),
                                       [&](const auto& one) { return one.name == name; });
    if (receiver == config.receivers.end())
      faults.push_back(config.file + ":1:1: " + where + ": there is no receiver '" + name + "'");
    else if (std::holds_alternative<alerts::HeartbeatSettings>(receiver->kind))
      faults.push_back(config.file + ":1:1: " + where + ": '" + name +
                       "' is a heartbeat, which is told nothing");
  }
}

/// People read messages on other machines than this one.
void warn_of_links(const Config& config, Findings& findings) {
  const auto is_for_people = [](const auto& receiver) {
    return !alerts::is_program(receiver.kind);
  };
  const auto& receivers = config.receivers;
  const auto found = std::find_if(receivers.begin(), receivers.end(), is_for_people);
  if (found == receivers.end() || !is_loopback_host(host_key(config.http.external_url))) return;
  findings.warnings.push_back(
      config.file + ":1:1: warning: http: external_url: the links in messages to '" + found->name +
      "' lead to " + config.http.external_url +
      ", which is each reader's own machine; write the address at which readers reach this one");
}

Config read_config(const std::string& path, Faults& faults) {
  const auto text = read_regular_file(path, largest_text);
  if (!text) {
    faults.push_back(text.error() + "; name another configuration file with --config");
    return {};
  }
  Config config;
  config.file = path;
  Findings findings;
  try {
    const auto node = YAML::Load(*text);
    // A file that was cut off or is being written must not stop everything that is watched.
    if (node.IsNull())
      findings.faults.push_back(path + ":1:1: the file holds no settings; '{}' means none");
    YamlReader root(node.IsNull() ? YAML::Node(YAML::NodeType::Map) : node, path, "", findings);
    root.section("storage", [&](YamlReader& in) { read_storage(in, config.storage); });
    root.section("http", [&](YamlReader& in) { read_http(in, config.http); });
    root.read("timezone", config.timezone);
    root.section("fetch", [&](YamlReader& in) { read_fetch(in, config.fetch); });
    const auto zone = TimeZone::find(config.timezone);
    if (!zone)
      root.reject("timezone: there is no zone '" + config.timezone +
                  "' (IANA names such as Asia/Ho_Chi_Minh)");
    root.each("receivers", [&](YamlReader& in) {
      config.receivers.push_back(read_receiver(in, config, zone.value_or(TimeZone::fixed({}))));
    });
    root.each("sources", [&](YamlReader& in) {
      config.sources.push_back(
          read_source(in, config, zone.value_or(TimeZone::fixed({})), findings.faults));
    });
    root.each("routes", [&](YamlReader& in) { config.routes.push_back(read_route(in)); });
    read_watches(root, config, findings);
    warn_of_links(config, findings);
    root.finish();
  } catch (const YAML::Exception& e) {
    findings.faults.push_back(fault_at(path, e.mark, e.msg + yaml_remedy));
  }
  config.warnings = std::move(findings.warnings);
  faults.insert(faults.end(), findings.faults.begin(), findings.faults.end());
  require_unique(config.sources, "sources", path, faults);
  require_unique(config.receivers, "receivers", path, faults);
  require_unique(config.watches, "watches", path, faults);
  for (const auto& watch : config.watches)
    require_receivers(config, watch.receivers, "watches: " + watch.name, faults);
  for (const auto& route : config.routes)
    require_receivers(config, route.receivers, "routes", faults);
  return config;
}

}  // namespace

Result<Config, Faults> load(const std::string& path) {
  Faults faults;
  auto config = read_config(path, faults);
  if (!faults.empty()) return fail(std::move(faults));
  return config;
}

std::string missing_contact(const Config& config, const std::string& url) {
  const auto host = host_key(url);
  if (is_loopback_host(host) || !config.fetch.contact.empty()) return {};
  return "fetch.contact is missing: whoever runs " + host +
         " must be able to reach you (an e-mail address or a web page)";
}

Config load_despite_faults(const std::string& path) {
  Faults ignored;
  return read_config(path, ignored);
}

}  // namespace tinwatch::config
