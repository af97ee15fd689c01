#include "config/own_watch.hpp"

#include "load_parts.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::config {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_title = 300;  // bytes

/// A single value as YAML has it. What is none is a mapping, which no key of a watch takes.
YAML::Node scalar_of(const json::value& value) {
  if (const auto* text = value.if_string()) return YAML::Node(std::string(*text));
  if (value.is_object() || value.is_array()) return YAML::Node(YAML::NodeType::Map);
  if (value.is_null()) return YAML::Node(YAML::NodeType::Null);
  return YAML::Node(json::serialize(value));
}

YAML::Node node_of(const json::value& value) {
  const auto* list = value.if_array();
  if (!list) return scalar_of(value);
  YAML::Node out(YAML::NodeType::Sequence);
  for (const auto& item : *list) out.push_back(scalar_of(item));
  return out;
}

/// Without `FILE:LINE:COLUMN: ` and `warning: `, which a watch of its own has not.
std::string sentence_of(const std::string& found) {
  auto text = found.substr(std::min(found.find(": ") + 2, found.size()));
  constexpr std::string_view mark = "warning: ";
  if (text.starts_with(mark)) text.erase(0, mark.size());
  return text;
}

std::vector<std::string> sentences_of(const std::vector<std::string>& found) {
  std::vector<std::string> out;
  out.reserve(found.size());
  for (const auto& one : found) out.push_back(sentence_of(one));
  return out;
}

/// What the query itself says wrongly, with its place.
std::optional<watch::QueryFault> query_fault(const WatchSettings& watch, const Config& config) {
  if (watch.written.empty()) return std::nullopt;
  auto parsed = watch::Query::parse(watch.written, {.mode = watch.mode, .aliases = config.aliases});
  if (parsed) return std::nullopt;
  return std::move(parsed.error());
}

}  // namespace

std::string why_no_receiver(const Config& config, const std::string& name) {
  const auto receiver = std::find_if(config.receivers.begin(), config.receivers.end(),
                                     [&](const auto& one) { return one.name == name; });
  if (receiver == config.receivers.end()) return "there is no receiver '" + name + "'";
  if (std::holds_alternative<alerts::HeartbeatSettings>(receiver->kind))
    return "'" + name + "' is a heartbeat, which is told nothing";
  return {};
}

Result<OwnWatch, OwnWatchFaults> read_own_watch(const boost::json::object& definition,
                                                const Config& config) {
  YAML::Node node(YAML::NodeType::Map);
  for (const auto& [key, value] : definition) node.force_insert(std::string(key), node_of(value));
  Findings findings;
  YamlReader in(node, "", "", findings);
  // A person may not have the daemon read its files.
  if (in.take("phrases_file").IsDefined())
    return fail(OwnWatchFaults{{"phrases_file: only the configuration may name files"}, {}});
  OwnWatch out{.watch = config::read_watch(in, config), .warnings = {}};
  in.finish();
  out.watch.origin = Origin::api;
  auto faults = sentences_of(findings.faults);
  if (out.watch.title.size() > longest_title)
    faults.push_back("title: at most 300 bytes, not " + std::to_string(out.watch.title.size()));
  for (const auto& receiver : out.watch.receivers)
    if (auto why = why_no_receiver(config, receiver); !why.empty())
      faults.push_back("receivers: " + why);
  if (!faults.empty())
    return fail(OwnWatchFaults{std::move(faults), query_fault(out.watch, config)});
  out.warnings = sentences_of(findings.warnings);
  return out;
}

}  // namespace tinwatch::config
