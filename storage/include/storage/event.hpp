#pragma once

#include "core/event_type.hpp"
#include "core/model.hpp"
#include "core/severity.hpp"
#include "core/types.hpp"

#include <optional>
#include <string>
#include <vector>

/// Events as they are written, and who is told. Values; times are UTC; `id` is always a UUIDv7.
namespace tinwatch::storage {

struct NewDelivery {
  std::string id;
  std::string receiver;
  std::string team;
  Severity severity = Severity::normal;
  bool is_snoozed = false;  ///< counted later, not told: by the configuration's word alone
};

struct NewHit {
  std::string id;
  std::string watch;
  std::string team;
  Transition transition = Transition::appeared;
  bool is_own = false;  ///< the watch was made here; else it stands in the configuration
};

/// What was told of an article and holds no more.
struct Retraction {
  int after_revision = 0;  ///< edits after this revision; 0: that it was missing or removed
};

struct NewEvent {
  std::string id;
  EventType type = EventType::article_published;
  Instant at{};
  Discovery discovery = Discovery::live;
  std::string data;  ///< JSON
  std::optional<NewHit> hit;
  std::vector<NewDelivery> deliveries;
  /// What it takes back; whoever was told of that is told of this, whatever watches and routes say
  /// now.
  std::optional<Retraction> retracts;
};

}  // namespace tinwatch::storage
