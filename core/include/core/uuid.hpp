#pragma once

#include "core/types.hpp"

#include <string>
#include <string_view>

namespace tinwatch {

/// A new UUID version 7 (RFC 9562 section 5.7): 48 bits of `now` in milliseconds, 74 random bits.
/// Ids made in the same millisecond sort in no particular order.
[[nodiscard]] std::string new_uuid(Instant now);

/// Whether `text` is the textual form of a UUID of any version (RFC 9562 section 4).
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace tinwatch
