#pragma once

#include "event_row.hpp"

#include <map>

/// `/`: what needs a look.
namespace tinwatch::pages {

struct OverviewView {
  /// Names of watches, and how many of their hits nobody has judged.
  std::vector<std::pair<std::string, std::int64_t>> open_hits;
  std::vector<Event> hits;                      ///< newest first
  std::vector<Event> edits;                     ///< of the last day, the most significant first
  std::map<ChangeClass, std::int64_t> classes;  ///< of all of these, how many
  std::vector<Event> takedowns;                 ///< of the last week
  std::vector<storage::SourceView> sources;     ///< in trouble
  std::vector<storage::OutboxView> receivers;   ///< in trouble
  std::int64_t articles = 0;
  bool has_sources = false;
  bool has_changes = false;  ///< anything was ever told
};

[[nodiscard]] OverviewView overview_of(const storage::Reader& reader, Instant now);
[[nodiscard]] api::Reply overview_page(const OverviewView& overview, const Manner& manner);

}  // namespace tinwatch::pages
