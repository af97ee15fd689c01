#pragma once

#include "core/record.hpp"
#include "monitor/change.hpp"

#include <vector>

namespace tinwatch::monitor {

/// The class of the edit between two states, given as `editorial_fields` of either (docs/changes.md
/// says by which rules; tests/monitor/change_pairs how well).
[[nodiscard]] ChangeClass classify(const std::vector<EditorialField>& before,
                                   const std::vector<EditorialField>& after);

}  // namespace tinwatch::monitor
