#pragma once

#include "core/types.hpp"

#include <boost/json/object.hpp>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace tinwatch::config {

/// What reading has found so far, each with its place.
struct Findings {
  std::vector<std::string> faults;
  std::vector<std::string> warnings;
};

/// Reads one YAML mapping into a struct, key by key, and refuses what nobody asked for. An absent
/// key leaves the field alone, so the struct's initialisers are the defaults. Faults are collected,
/// each with its place, so that one look at a file finds them all.
///
/// What is read is noted too, with the defaults of what is absent: that is how a configuration is
/// shown, and no key of it can be forgotten there.
class YamlReader {
 public:
  YamlReader(const YAML::Node& node, std::string file, std::string path, Findings& found);

  void read(const char* key, std::string& field);
  void read(const char* key, bool& field);
  void read(const char* key, int& field);               ///< 0 or more
  void read_size(const char* key, std::size_t& field);  ///< "8MiB", "512KiB", "100"
  void read(const char* key, Duration& field);          ///< "500ms", "30s", "15m", "7d"
  void read(const char* key, std::vector<std::string>& field);

  void section(const char* key, const std::function<void(YamlReader&)>& read_section);
  /// The same; of one that is absent everything is read as absent, so that its defaults are shown.
  void settings(const char* key, const std::function<void(YamlReader&)>& read_section);
  void each(const char* key, const std::function<void(YamlReader&)>& read_item);
  /// The keys of a mapping whose keys are free.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// All of it, as YAML.
  [[nodiscard]] std::string dump() const;
  /// The node itself, for keys of more than one form; a null node when absent.
  [[nodiscard]] YAML::Node take(const char* key);

  /// To be called last: every key that was never read, and every key that stands twice, is a fault.
  void finish();

  void reject(const YAML::Node& at, const std::string& problem);
  void reject(const std::string& problem) { reject(node_, problem); }
  void warn(const YAML::Node& at, const std::string& problem);
  [[nodiscard]] const std::string& path() const { return path_; }
  /// `FILE:LINE:COLUMN` at which the mapping stands.
  [[nodiscard]] std::string place() const;
  /// What was read, in that order: as written, or by default. Whole after `finish`. Texts and lists
  /// that are absent and empty by default are left out, and durations of 0 likewise.
  [[nodiscard]] boost::json::object& shown() { return shown_; }

 private:
  [[nodiscard]] std::string placed(const std::string& problem) const;
  bool text(const char* key, std::string& value, YAML::Node& node);
  bool is_there(const char* key) const;
  void read_inner(const char* key, const YAML::Node& value,
                  const std::function<void(YamlReader&)>& read_section);

  YAML::Node node_;
  std::string file_;
  std::string path_;
  Findings& found_;
  std::set<std::string> known_;
  boost::json::object shown_;
};

/// `FILE:LINE:COLUMN`, from 1.
[[nodiscard]] std::string place_of(const std::string& file, const YAML::Mark& mark);
/// `FILE:LINE:COLUMN: message`.
[[nodiscard]] std::string fault_at(const std::string& file, const YAML::Mark& mark,
                                   const std::string& message);

}  // namespace tinwatch::config
