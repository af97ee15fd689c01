#pragma once

#include <string>
#include <string_view>

namespace tinwatch {

/// 32 bytes of the system's generator as 64 lower-case hexadecimal digits; throws
/// std::runtime_error when it has none.
[[nodiscard]] std::string new_secret();

/// Whether both are the same, in a time that says nothing of where they differ.
[[nodiscard]] bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace tinwatch
