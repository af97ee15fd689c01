#include "config/own_watch.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "load_parts.hpp"
#include "regular_file.hpp"
#include "shown_config.hpp"

#include <algorithm>

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
  in.settings("raw", [&](YamlReader& raw) { raw.read("keep", storage.keep_raw); });
  in.settings("readings",
              [&](YamlReader& readings) { readings.read("keep", storage.keep_readings); });
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
  in.settings("per_host", [&](YamlReader& host) {
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

void require_receivers(const Config& config, const std::vector<std::string>& names,
                       const std::string& where, Faults& faults) {
  for (const auto& name : names)
    if (const auto why = why_no_receiver(config, name); !why.empty())
      faults.push_back(config.file + ":1:1: " + where + ": " + why);
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
    root.settings("storage", [&](YamlReader& in) { read_storage(in, config.storage); });
    root.settings("http", [&](YamlReader& in) { read_http(in, config.http); });
    root.settings("log", [&](YamlReader& in) { read_log(in, config.log); });
    root.read("timezone", config.timezone);
    root.settings("fetch", [&](YamlReader& in) { read_fetch(in, config.fetch); });
    const auto zone = TimeZone::find(config.timezone);
    if (!zone)
      root.reject("timezone: there is no zone '" + config.timezone +
                  "' (IANA names such as Asia/Ho_Chi_Minh)");
    const auto known_zone = zone.value_or(TimeZone::fixed({}));
    UniqueNames receivers;
    root.each("receivers", [&](YamlReader& in) {
      config.receivers.push_back(read_receiver(in, config, known_zone));
      receivers.add(in, config.receivers.back().name);
    });
    auto included = read_included(root, config, findings);
    read_sources(root, included, config, known_zone, findings);
    root.each("routes", [&](YamlReader& in) { config.routes.push_back(read_route(in)); });
    read_watches(root, included, config);
    for (auto& part : included) part.finish();
    warn_of_links(config, findings);
    root.finish();
    for (auto& part : included) add_included(root.shown(), std::move(part.shown()));
    config.shown = std::make_shared<const ShownConfig>(shown_from(std::move(root.shown())));
  } catch (const YAML::Exception& e) {
    findings.faults.push_back(fault_at(path, e.mark, e.msg + yaml_remedy));
  }
  config.warnings = std::move(findings.warnings);
  faults.insert(faults.end(), findings.faults.begin(), findings.faults.end());
  for (const auto& watch : config.watches)
    require_receivers(config, watch.receivers, "watches: " + watch.name, faults);
  for (const auto& route : config.routes)
    require_receivers(config, route.receivers, "routes", faults);
  return config;
}

}  // namespace

bool is_loopback_host(const std::string& host) {
  return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

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
