#pragma once

#include "watch/query.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace tinwatch::watch {

/// Terms of which at least one is in every text that a query matches, as ranges of its terms; of
/// operands that all must be there, the rarest. Nothing: it can match without any.
///
/// `how_common` guesses how often a term is met, by its place.
[[nodiscard]] std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> trigger_of(
    const Query& query, const std::function<double(std::size_t term)>& how_common);

}  // namespace tinwatch::watch
