#pragma once

#include <string>
#include <string_view>

namespace tinwatch {

/// SHA-256 of `bytes` (FIPS 180-4), 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104), 32 raw bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);

/// Base64 with padding (RFC 4648 section 4).
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes behind `text`; empty when it is not Base64.
[[nodiscard]] std::string base64_decode(std::string_view text);

}  // namespace tinwatch
