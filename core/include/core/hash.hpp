#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch {

/// SHA-256 of `bytes` (FIPS 180-4), 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// XXH3 of the parts, joined, under a seed: 32 lower-case hexadecimal digits. Ten times as fast as
/// SHA-256, and no cryptographic hash: the seed only keeps others from knowing what to collide
/// with.
[[nodiscard]] std::string xxh3_hex(const std::vector<std::string_view>& parts, std::uint64_t seed);

/// From the system's generator; throws std::runtime_error when it has none.
[[nodiscard]] std::uint64_t random_seed();

/// HMAC-SHA-256 (RFC 2104), 32 raw bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);

/// Base64 with padding (RFC 4648 section 4).
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes behind `text`; empty when it is not Base64.
[[nodiscard]] std::string base64_decode(std::string_view text);

}  // namespace tinwatch
