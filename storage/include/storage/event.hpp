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
  bool is_snoozed = false;  ///< its watch is: it is counted later, and not told
};

struct NewHit {
  std::string id;
  std::string watch;
  std::string team;
  Transition transition = Transition::appeared;
};

struct NewEvent {
  std::string id;
  EventType type = EventType::article_published;
  Instant at{};
  Discovery discovery = Discovery::live;
  std::string data;  ///< JSON
  std::optional<NewHit> hit;
  std::vector<NewDelivery> deliveries;
  /// It takes back what was told before: whoever was told of the article is told of it, whatever
  /// watches and routes say now.
  bool is_retraction = false;
};

}  // namespace tinwatch::storage
