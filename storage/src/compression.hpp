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
/// The body of a kept response, out of its zstd and of the Content-Encoding it was sent in. Throws
/// std::runtime_error when it is damaged.
[[nodiscard]] std::string unpack_page(std::string_view bytes, std::string_view coding);

}  // namespace tinwatch::storage
