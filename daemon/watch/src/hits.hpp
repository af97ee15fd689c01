#pragma once

#include "evaluate.hpp"
#include "watch/hit.hpp"

#include <optional>
#include <vector>

namespace tinwatch::watch {

/// What a happening means to one watch; nothing: it has nothing to say. `numbers` are the query's.
[[nodiscard]] std::optional<WatchHit> hit_of(const Query& query, const TermNumbers& numbers,
                                             Happening& happening, WorkBudget& budget);

}  // namespace tinwatch::watch
