#pragma once

#include "core/event_type.hpp"
#include "core/model.hpp"
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
};

struct NewHit {
  std::string id;
  std::string watch;
  std::string team;
  std::string transition;
};

struct NewEvent {
  std::string id;
  EventType type = EventType::article_published;
  Instant at{};
  Discovery discovery = Discovery::live;
  std::string data;  ///< JSON
  std::optional<NewHit> hit;
  std::vector<NewDelivery> deliveries;
};

}  // namespace tinwatch::storage
