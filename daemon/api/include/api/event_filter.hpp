#pragma once

#include "api/answer.hpp"
#include "core/event.hpp"

#include <optional>
#include <string>

namespace tinwatch::api {

/// Which events a list or a stream is about.
struct EventFilter {
  std::optional<Instant> since;  ///< nothing: whenever they were
  std::string source;            ///< its name; empty: any
  std::string type;              ///< its label; empty: any

  /// Whether it is about all of them, but for their time.
  [[nodiscard]] bool keeps_all() const { return source.empty() && type.empty(); }
  [[nodiscard]] bool keeps(const Event& event) const {
    return (!since || event.at >= *since) && (source.empty() || event.source == source) &&
           (type.empty() || event.type == type);
  }
};

/// Of a request's query. Throws BadParameter.
[[nodiscard]] EventFilter event_filter(const Request& request, const Context& context);

}  // namespace tinwatch::api
