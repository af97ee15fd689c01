#pragma once

#include "core/types.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::watch {
class Query;
}

/// The watches that there are, as they are shown. The daemon makes one whenever they change.
namespace tinwatch::api {

/// A watch, wherever it was made.
struct WatchInfo {
  std::string name;
  std::string title;
  std::string team;
  bool is_own = false;      ///< made here; else it stands in the configuration
  std::string definition;   ///< JSON, with the keys of the configuration
  std::string query;        ///< as written; empty: it has phrases
  std::size_t phrases = 0;  ///< how many
  std::shared_ptr<const watch::Query> compiled = nullptr;  ///< null: it is not in force
  std::string mode;                                        ///< label
  std::vector<std::string> receivers;
  std::optional<Instant> snoozed_by_file;  ///< until then
  std::optional<Instant> snoozed_here;     ///< by a person
  std::vector<std::string> warnings;
  std::string fault;  ///< why it is not in force; empty: it is

  /// Until then its receivers are told nothing; nothing: it is awake at `now`.
  [[nodiscard]] std::optional<Instant> snoozed_until(Instant now) const;
};

/// All watches, those that are not in force too.
struct WatchList {
  std::vector<WatchInfo> watches;      ///< by name
  std::vector<std::string> receivers;  ///< whom a watch may tell

  /// Null: there is none of that name.
  [[nodiscard]] const WatchInfo* find(const std::string& name) const;
};

/// As the API shows it: its definition, and how it is.
[[nodiscard]] boost::json::object watch_json(const WatchInfo& watch, Instant now);

}  // namespace tinwatch::api
