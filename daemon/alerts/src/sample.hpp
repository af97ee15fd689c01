#pragma once

#include "alerts/letter.hpp"
#include "core/event.hpp"

#include <string>

namespace tinwatch::alerts {

/// A made-up edit, that says so in each of its texts: what a new receiver is tried with.
[[nodiscard]] Letter sample_letter(const std::string& id, Instant at);
[[nodiscard]] Event sample_event(const std::string& id, Instant at);

}  // namespace tinwatch::alerts
