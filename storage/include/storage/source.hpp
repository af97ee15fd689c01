#pragma once

#include "core/model.hpp"
#include "core/types.hpp"
#include "storage/event.hpp"

#include <optional>
#include <string>
#include <vector>

/// Sources: as they are configured, and how they are. Values; times are UTC.
namespace tinwatch::storage {

/// A source as the configuration names it.
struct SourceEntry {
  std::string name;
  std::string title;
  struct Start {
    std::string url;  ///< canonical
    std::string host;
    TargetKind kind = TargetKind::listing;
  };
  std::vector<Start> start;
};

/// What an hour's new articles tell of their site's habits.
struct PastHour {
  std::string source;
  Instant last_seen_at{};  ///< when the last of them was first seen
  int articles = 0;
  int edits = 0;  ///< of all of them, until now
};

/// What is wrong with a source, since when.
struct SourceCondition {
  std::string source;
  std::optional<Instant> silent_since;
  SilentReason silent_reason = SilentReason::nothing_new;  ///< while it is
  std::optional<Instant> drifted_since;
  std::string drifted;  ///< names of fields, `list:` and a percent-encoded URL; a comma between
  std::optional<Instant> unreachable_since;
  std::string unreachable_reason;  ///< while it is: `lists`, `articles_gone`, `another_page`
  std::string empty_parameters;    ///< monitor::EmptyParameters
};

/// A source's condition changed: the new one, and who is told what.
struct SourceReport {
  SourceCondition condition;
  std::vector<NewEvent> events;
};

}  // namespace tinwatch::storage
