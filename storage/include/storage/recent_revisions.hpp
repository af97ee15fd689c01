#pragma once

#include "storage/reader.hpp"
#include "storage/views.hpp"

#include <cstdint>
#include <vector>

namespace tinwatch::storage {

/// Revisions of all articles with those before them, the newest first: below the row `before` (0:
/// from the newest on), those of a few megabytes.
[[nodiscard]] std::vector<PastRevision> recent_revisions(const Reader& reader, std::int64_t before);

}  // namespace tinwatch::storage
