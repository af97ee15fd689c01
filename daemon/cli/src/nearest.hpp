#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::cli {

/// The one of `known` that `word` was most likely meant to be: at most two letters were mistyped,
/// left out, added or exchanged, and less than half of them. Nothing when none is that near.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 const std::vector<std::string>& known);

}  // namespace tinwatch::cli
