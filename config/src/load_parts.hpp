#pragma once

#include "config/config.hpp"
#include "yaml_reader.hpp"

/// The pieces of `load`, one a section of the file.
namespace tinwatch::config {

/// Names of sources, watches, receivers: labels of metrics and parts of URLs.
[[nodiscard]] bool is_name(const std::string& text);

// load_rules.cpp
ReceiverSettings read_receiver(YamlReader& in, const std::string& file);
WatchSettings read_watch(YamlReader& in);
RouteSettings read_route(YamlReader& in);
/// `allow_networks`, a list of CIDR ranges.
std::shared_ptr<const std::vector<fetchers::Network>> read_networks(YamlReader& in);

// secrets.cpp
/// The keys in `secret_files` and `credential`; faults are reported through `in`.
std::vector<std::string> read_secrets(YamlReader& in, const std::string& config_file);

/// The file of a profile, beside the configuration or in the installed share folder; empty when
/// there is none.
[[nodiscard]] std::string find_profile(const std::string& name, const std::string& config_file);

}  // namespace tinwatch::config
