#include "yaml_reader.hpp"

#include "core/login_mask.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <limits>
#include <utility>

namespace tinwatch::config {
namespace {

namespace json = boost::json;

/// As it is written: every value a text. Its depth is bounded by the parser's own limit.
// NOLINTNEXTLINE(misc-no-recursion)
json::value as_written(const YAML::Node& node) {
  if (node.IsSequence()) {
    json::array out;
    for (const YAML::Node& item : node) out.push_back(as_written(item));
    return out;
  }
  if (node.IsMap()) {
    json::object out;
    for (const auto& entry : node)
      if (entry.first.IsScalar()) out[entry.first.Scalar()] = as_written(entry.second);
    return out;
  }
  return node.IsScalar() ? json::value(node.Scalar()) : json::value();
}

std::string size_text(std::size_t bytes) {
  for (const auto& [suffix, unit] : {std::pair{"GiB", std::size_t{1024} * 1024 * 1024},
                                     {"MiB", std::size_t{1024} * 1024},
                                     {"KiB", std::size_t{1024}}})
    if (bytes >= unit && bytes % unit == 0) return std::to_string(bytes / unit) + suffix;
  return std::to_string(bytes);
}

bool parse_count(std::string_view text, std::size_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool parse_size(std::string_view text, std::size_t& value) {
  std::size_t unit = 1;
  for (const auto& [suffix, bytes] : {std::pair{"KiB", std::size_t{1024}},
                                      {"MiB", std::size_t{1024} * 1024},
                                      {"GiB", std::size_t{1024} * 1024 * 1024}}) {
    if (!text.ends_with(suffix)) continue;
    unit = bytes;
    text.remove_suffix(3);
    break;
  }
  std::size_t count = 0;
  if (!parse_count(text, count) || count > std::numeric_limits<std::size_t>::max() / unit)
    return false;
  value = count * unit;
  return true;
}

}  // namespace

std::string place_of(const std::string& file, const YAML::Mark& mark) {
  return file + ':' + std::to_string(mark.line + 1) + ':' + std::to_string(mark.column + 1);
}

std::string fault_at(const std::string& file, const YAML::Mark& mark, const std::string& message) {
  return place_of(file, mark) + ": " + message;
}

YamlReader::YamlReader(const YAML::Node& node, std::string file, std::string path, Findings& found)
    : node_(node), file_(std::move(file)), path_(std::move(path)), found_(found) {
  if (!node_.IsMap()) reject("must be a mapping (key: value)");
}

std::string YamlReader::placed(const std::string& problem) const {
  // A fault is printed, logged and told to whoever reloads.
  return (path_.empty() ? std::string() : path_ + ": ") + mask_logins(problem);
}

std::string YamlReader::place() const { return place_of(file_, node_.Mark()); }

void YamlReader::reject(const YAML::Node& at, const std::string& problem) {
  found_.faults.push_back(fault_at(file_, at.Mark(), placed(problem)));
}

void YamlReader::warn(const YAML::Node& at, const std::string& problem) {
  found_.warnings.push_back(fault_at(file_, at.Mark(), "warning: " + placed(problem)));
}

YAML::Node YamlReader::take(const char* key) {
  known_.insert(key);
  if (!node_.IsMap()) return {};
  const YAML::Node& fixed = node_;  // the const operator[] does not add the key
  return fixed[key];
}

bool YamlReader::text(const char* key, std::string& value, YAML::Node& node) {
  const auto found = take(key);
  if (!found.IsDefined() || found.IsNull()) return false;
  node.reset(found);
  if (!node.IsScalar()) {
    reject(node, std::string(key) + " must be a single value");
    return false;
  }
  value = node.Scalar();
  return true;
}

bool YamlReader::is_there(const char* key) const { return node_.IsMap() && node_[key].IsDefined(); }

void YamlReader::read(const char* key, std::string& field) {
  YAML::Node node;
  text(key, field, node);
  if (!field.empty() || is_there(key)) shown_[key] = field;
}

void YamlReader::read(const char* key, bool& field) {
  std::string value;
  YAML::Node node;
  if (text(key, value, node)) {
    if (value == "true")
      field = true;
    else if (value == "false")
      field = false;
    else
      reject(node, std::string(key) + " must be true or false, not '" + value + "'");
  }
  shown_[key] = field;
}

void YamlReader::read(const char* key, int& field) {
  std::string value;
  YAML::Node node;
  std::size_t count = 0;
  if (text(key, value, node)) {
    if (parse_count(value, count) && count <= 1'000'000)
      field = static_cast<int>(count);
    else
      reject(node, std::string(key) + " must be a whole number, not '" + value + "'");
  }
  shown_[key] = field;
}

void YamlReader::read_size(const char* key, std::size_t& field) {
  std::string value;
  YAML::Node node;
  if (text(key, value, node) && !parse_size(value, field))
    reject(node, std::string(key) + " must be a size such as 8MiB, not '" + value + "'");
  shown_[key] = size_text(field);
}

void YamlReader::read(const char* key, Duration& field) {
  std::string value;
  YAML::Node node;
  if (text(key, value, node)) {
    if (const auto duration = parse_duration(value))
      field = *duration;
    else
      reject(node,
             std::string(key) + " must be a duration such as 90s, 15m or 7d, not '" + value + "'");
  }
  // Where it is not said, 0 means that something else decides.
  if (field > Duration{0} || is_there(key)) shown_[key] = to_text(field);
}

void YamlReader::read(const char* key, std::vector<std::string>& field) {
  const auto list = take(key);
  if (list.IsDefined() && !list.IsNull() && !list.IsSequence()) {
    reject(list, std::string(key) + " must be a list");
    shown_[key] = nullptr;
    return;
  }
  if (list.IsDefined() && list.IsSequence()) {
    field.clear();
    for (const YAML::Node& item : list) {
      if (item.IsScalar())
        field.push_back(item.Scalar());
      else
        reject(item, std::string(key) + " must be a list of single values");
    }
  }
  if (!field.empty() || is_there(key)) shown_[key] = json::array(field.begin(), field.end());
}

void YamlReader::section(const char* key, const std::function<void(YamlReader&)>& read_section) {
  const auto value = take(key);
  if (value.IsDefined() && !value.IsNull()) read_inner(key, value, read_section);
}

void YamlReader::settings(const char* key, const std::function<void(YamlReader&)>& read_section) {
  const auto value = take(key);
  const bool is_absent = !value.IsDefined() || value.IsNull();
  read_inner(key, is_absent ? YAML::Node(YAML::NodeType::Map) : value, read_section);
}

void YamlReader::read_inner(const char* key, const YAML::Node& value,
                            const std::function<void(YamlReader&)>& read_section) {
  YamlReader inner(value, file_, path_.empty() ? key : path_ + '.' + key, found_);
  if (!value.IsMap()) {
    shown_[key] = nullptr;  // where a secret stands in what has not its form, nobody can know
    return;
  }
  read_section(inner);
  inner.finish();
  shown_[key] = std::move(inner.shown_);
}

void YamlReader::each(const char* key, const std::function<void(YamlReader&)>& read_item) {
  const auto list = take(key);
  if (!list.IsDefined() || list.IsNull()) return;
  if (!list.IsSequence()) {
    reject(list, std::string(key) + " must be a list");
    shown_[key] = nullptr;
    return;
  }
  json::array items;
  for (const YAML::Node& item : list) {
    YamlReader inner(item, file_, key, found_);
    if (!item.IsMap()) continue;
    read_item(inner);
    inner.finish();
    items.push_back(std::move(inner.shown_));
  }
  shown_[key] = std::move(items);
}

std::vector<std::string> YamlReader::keys() const {
  std::vector<std::string> out;
  if (!node_.IsMap()) return out;
  for (const auto& entry : node_)
    if (entry.first.IsScalar()) out.push_back(entry.first.Scalar());
  return out;
}

std::string YamlReader::dump() const { return YAML::Dump(node_); }

void YamlReader::finish() {
  if (!node_.IsMap()) return;
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    const auto key = entry.first.IsScalar() ? entry.first.Scalar() : std::string("?");
    if (!known_.contains(key))
      reject(entry.first, "unknown key '" + key + "'");
    else if (!seen.insert(key).second)
      reject(entry.first, "key '" + key + "' stands twice");
    else if (!shown_.contains(key) && !entry.second.IsNull())  // it was taken as it is
      shown_[key] = as_written(entry.second);
  }
}

}  // namespace tinwatch::config
