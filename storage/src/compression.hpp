#pragma once

#include <string>
#include <string_view>

namespace tinwatch::storage {

/// zstd at its default level; about 85 us for a page of 20 KB.
[[nodiscard]] std::string compress(std::string_view bytes);
/// Throws std::runtime_error when `bytes` is not what `compress` returned.
[[nodiscard]] std::string decompress(std::string_view bytes);

}  // namespace tinwatch::storage
