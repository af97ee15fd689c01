#pragma once

#include <string_view>

namespace tinwatch::monitor {

/// Of the words of `a`, each taken once, the share that `b` has too; of no words, 1 where `b` has
/// none either.
[[nodiscard]] double share_of(std::string_view a, std::string_view b);

}  // namespace tinwatch::monitor
