#pragma once

#include "crawl/plan.hpp"
#include "storage/event.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace tinwatch::crawl {

/// An event of the daemon itself, for whoever asked for its type but `not_told`: what is the matter
/// with a receiver is never told through it.
[[nodiscard]] storage::NewEvent daemon_event(const Plan& plan, EventType type,
                                             const boost::json::object& data,
                                             const std::string& not_told, Instant now);

}  // namespace tinwatch::crawl
