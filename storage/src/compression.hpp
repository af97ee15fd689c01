#pragma once

#include <string>
#include <string_view>

namespace tinwatch::storage {

/// zstd at its default level.
[[nodiscard]] std::string compress(std::string_view bytes);
/// A zstd frame around bytes that somebody has compressed already: no time is lost on them.
[[nodiscard]] std::string wrap(std::string_view bytes);
/// Throws std::runtime_error when `bytes` is not what one of the above returned.
[[nodiscard]] std::string decompress(std::string_view bytes);

}  // namespace tinwatch::storage
