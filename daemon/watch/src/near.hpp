#pragma once

#include "evaluate.hpp"

#include <vector>

namespace tinwatch::watch {

/// The places of both operands that stand near one of the other: at most `between` tokens between
/// them, either order, in one paragraph, not over one another. At most `most`, the first ones.
[[nodiscard]] std::vector<Place> near_places(const std::vector<Place>& left,
                                             const std::vector<Place>& right, std::uint32_t between,
                                             const std::vector<TextToken>& tokens,
                                             std::size_t most);

}  // namespace tinwatch::watch
