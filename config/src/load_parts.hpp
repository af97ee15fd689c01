#pragma once

#include "config/config.hpp"
#include "yaml_reader.hpp"

/// The pieces of `load`, one a section of the file.
namespace tinwatch::config {

/// Behind what the YAML parser says.
inline constexpr auto yaml_remedy =
    "; look at the brackets, quotes and indentation here and just above";

/// Names of sources, watches, receivers: labels of metrics and parts of URLs.
[[nodiscard]] bool is_name(const std::string& text);
void require_name(YamlReader& in, const std::string& name);

// load_receivers.cpp
alerts::ReceiverSettings read_receiver(YamlReader& in, const Config& config, const TimeZone& zone);

// load_message_policy.cpp
/// How a receiver of people wants to be told.
void read_message_policy(YamlReader& in, const TimeZone& zone, alerts::MessagePolicy& policy);

// load_rules.cpp
RouteSettings read_route(YamlReader& in);
/// `allow_networks`, a list of CIDR ranges.
std::shared_ptr<const std::vector<fetchers::Network>> read_networks(YamlReader& in);

// load_watches.cpp
/// The watches of the file and of those that its `include` names, which may have `aliases` and
/// `watches`.
void read_watches(YamlReader& root, Config& config, Findings& findings);

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
