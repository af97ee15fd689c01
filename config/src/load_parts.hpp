#pragma once

#include "config/config.hpp"
#include "yaml_reader.hpp"

#include <deque>
#include <map>

/// The pieces of `load`, one a section of the file.
namespace tinwatch::config {

/// Behind what the YAML parser says.
inline constexpr auto yaml_remedy =
    "; look at the brackets, quotes and indentation here and just above";

/// Labels of metrics and parts of URLs.
void require_name(YamlReader& in, const std::string& name);

/// Names of one list, which may stand in several files.
class UniqueNames {
 public:
  /// A name that stood before is a fault of `in`, with both places.
  void add(YamlReader& in, const std::string& name);

 private:
  std::map<std::string, std::string> places_;
};

/// Whether `host[:port]` is this machine to whoever reads it.
[[nodiscard]] bool is_loopback_host(const std::string& host);

// load_http.cpp
void read_http(YamlReader& in, HttpSettings& http);

// load_log.cpp
void read_log(YamlReader& in, log::Settings& log);

// load_include.cpp
/// The files that the patterns of `include` name, from the configuration's folder: each once, in
/// the order of the patterns and then of their names. They may have `sources`, `watches` and
/// `aliases`; whoever has read these calls `finish` of each.
[[nodiscard]] std::deque<YamlReader> read_included(YamlReader& root, Config& config,
                                                   Findings& findings);

// load_sources.cpp
/// The sources of the file and of those that it includes.
void read_sources(YamlReader& root, std::deque<YamlReader>& included, Config& config,
                  const TimeZone& zone, Findings& findings);

// load_receivers.cpp
alerts::ReceiverSettings read_receiver(YamlReader& in, const Config& config, const TimeZone& zone);

// load_message_policy.cpp
/// How a receiver of people wants to be told.
void read_message_policy(YamlReader& in, const TimeZone& zone, alerts::MessagePolicy& policy);

// load_rules.cpp
RouteSettings read_route(YamlReader& in);
/// Wider than any range that is set aside for private use.
[[nodiscard]] bool is_very_wide(const fetchers::Network& network);
/// `allow_networks`, a list of CIDR ranges.
std::shared_ptr<const std::vector<fetchers::Network>> read_networks(YamlReader& in);

// load_watches.cpp
/// One watch; its receivers are looked up elsewhere.
WatchSettings read_watch(YamlReader& in, const Config& config);
/// The watches and aliases of the file and of those that it includes.
void read_watches(YamlReader& root, std::deque<YamlReader>& included, Config& config);

// secrets.cpp
/// A relative path is beside the configuration file.
[[nodiscard]] std::string beside(const std::string& config_file, const std::string& path);
/// The keys in `secret_files` and `credential`; faults are reported through `in`.
std::vector<std::string> read_secrets(YamlReader& in, const std::string& config_file);
/// One secret: in the file that `NAME_file` names, or NAME: ${VARIABLE} of the environment, or in
/// the credential. Empty: none of them is there, or a fault was reported.
std::string read_secret_text(YamlReader& in, const char* name, const std::string& config_file);

/// The file of a profile, beside the configuration or in the installed share folder; empty when
/// there is none.
[[nodiscard]] std::string find_profile(const std::string& name, const std::string& config_file);

}  // namespace tinwatch::config
