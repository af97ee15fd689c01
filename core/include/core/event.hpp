#pragma once

#include "core/model.hpp"
#include "core/types.hpp"

#include <cstdint>
#include <string>

namespace tinwatch {

/// What happened, as it is stored and as everybody is told: the stream, receivers, commands, pages.
/// Its id is for life: who keeps the ids he has seen sees every event once.
struct Event {
  Event() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::int64_t seq = 0;  ///< rising over all events
  std::string id;
  std::string type;     ///< the label of an EventType; as it is stored, where it is none
  std::string source;   ///< its name
  std::string article;  ///< its id; empty for an event of a source
  Instant at{};
  std::int64_t sequence = 0;  ///< rising per article
  Discovery discovery = Discovery::live;
  std::string data;  ///< JSON (core/event_json.hpp)
  /// A column holds what no version ever wrote there; `data` may be no JSON besides.
  bool is_damaged = false;
};

}  // namespace tinwatch
