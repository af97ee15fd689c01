#pragma once

#include "config/config.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

/// A watch that stands in no file: a person made it.
namespace tinwatch::config {

/// A sound one.
struct OwnWatch {
  WatchSettings watch;
  std::vector<std::string> warnings;  ///< what works and is hardly meant so
};

/// Why it is no watch. For people; at least one sentence.
struct OwnWatchFaults {
  Faults sentences;
  std::optional<watch::QueryFault> query;  ///< what of it is in the query, with its place there
};

/// `definition` has the keys of one under `watches:` but `phrases_file`, and is checked as those of
/// the file are: with the aliases, the zone and the receivers of `config`.
[[nodiscard]] Result<OwnWatch, OwnWatchFaults> read_own_watch(const boost::json::object& definition,
                                                              const Config& config);

/// Why a watch may not tell `receiver`; empty: it may.
[[nodiscard]] std::string why_no_receiver(const Config& config, const std::string& receiver);

}  // namespace tinwatch::config
