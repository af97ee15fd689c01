#pragma once

#include "storage/reader.hpp"

#include <cstdint>

namespace tinwatch::storage {

/// The `seq` of an event up to which every one is from before `since`, and behind which none is; 0:
/// all are later. Events rise with time, but where the machine's clock was set: then it is one of
/// several such.
[[nodiscard]] std::int64_t event_before(const Reader& reader, Instant since);

}  // namespace tinwatch::storage
