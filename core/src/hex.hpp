#pragma once

#include <span>
#include <string>

namespace tinwatch {

/// Two lower-case digits a byte.
[[nodiscard]] std::string hex(std::span<const unsigned char> bytes);

}  // namespace tinwatch
