#include "load_parts.hpp"
#include "parsers/article.hpp"
#include "regular_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>

namespace tinwatch::config {
namespace {

using SitePtr = std::shared_ptr<const parsers::Site>;

/// A field of a record as fixtures write it: lists of texts joined by " > ", of names by ", ".
std::string field_of(const ArticleRecord& record, const std::string& name) {
  const auto count = [&](BlockType type) {
    return std::to_string(std::count_if(record.body.begin(), record.body.end(),
                                        [&](const Block& block) { return block.type == type; }));
  };
  if (name == "paragraphs") return count(BlockType::paragraph);
  if (name == "captions") return count(BlockType::caption);
  const auto json = to_json(record);
  const auto* value = json.if_contains(name);
  if (!value) return {};
  if (value->is_string()) return std::string(value->as_string());
  if (!value->is_array()) return boost::json::serialize(*value);
  std::string out;
  for (const auto& item : value->as_array()) {
    const bool named = item.is_object() && item.as_object().contains("name");
    if (!out.empty()) out += named ? ", " : " > ";
    if (item.is_string()) out += std::string_view(item.as_string());
    if (named) out += std::string_view(item.as_object().at("name").as_string());
  }
  return out;
}

void check_fixture(const SitePtr& site, const std::string& path, const YAML::Node& node,
                   Faults& faults) {
  const auto page = node["page"].as<std::string>();
  const auto file = (std::filesystem::path(path).parent_path() / "fixtures" / page).string();
  const auto bytes = read_regular_file(file, largest_text);
  if (!bytes) {
    faults.push_back(fault_at(path, node["page"].Mark(), "page: " + bytes.error()));
    return;
  }
  const auto document = parsers::decode(node["url"].as<std::string>(), "", *bytes);
  const auto record = parsers::extract_article(document, site);
  if (!record) {
    faults.push_back(fault_at(path, node["page"].Mark(),
                              "fixture " + page + ": no article: " + record.error().detail));
    return;
  }
  for (const auto& expected : node["expect"]) {
    const auto name = expected.first.as<std::string>();
    const auto wanted = expected.second.as<std::string>();
    const auto found = field_of(*record, name);
    if (found != wanted)
      faults.push_back(
          fault_at(path, expected.first.Mark(),
                   "fixture " + page + ": " + name + " is '" + found + "', not '" + wanted + "'"));
  }
}

}  // namespace

Faults check_fixtures(const SitePtr& site, const std::string& config_file) {
  Faults faults;
  const auto path = find_profile(site->profile().name, config_file);
  if (path.empty()) return faults;
  const auto text = read_regular_file(path, largest_text);
  if (!text) return {text.error()};
  try {
    const auto fixtures = YAML::Load(*text)["fixtures"];
    for (const auto& node : fixtures) check_fixture(site, path, node, faults);
  } catch (const YAML::Exception& e) {
    faults.push_back(fault_at(path, e.mark, "fixtures: each has page, url and expect: " + e.msg));
  }
  return faults;
}

}  // namespace tinwatch::config
