#include "core/hash.hpp"

#include "core/c_handle.hpp"
#include "hex.hpp"

#include <array>
#include <new>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <span>
#include <stdexcept>
#include <xxhash.h>

namespace tinwatch {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const auto byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0x0f];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL offers no SHA-256");
  return hex(digest);
}

std::string xxh3_hex(const std::vector<std::string_view>& parts, std::uint64_t seed) {
  const CHandle<XXH3_state_t, XXH3_freeState> state(XXH3_createState());
  if (!state) throw std::bad_alloc();
  XXH3_128bits_reset_withSeed(state.get(), seed);
  for (const auto part : parts) XXH3_128bits_update(state.get(), part.data(), part.size());
  XXH128_canonical_t digest;
  XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(state.get()));
  return hex(digest.digest);
}

std::uint64_t random_seed() {
  std::array<unsigned char, 8> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("OpenSSL has no random bytes");
  std::uint64_t seed = 0;
  for (const auto byte : bytes) seed = seed << 8 | byte;
  return seed;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message),
            message.size(), digest.data(), &length))
    throw std::runtime_error("OpenSSL offers no HMAC-SHA-256");
  return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes_of(bytes),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string base64_decode(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), bytes_of(text),
                                     static_cast<int>(text.size()));
  if (length < 0) return {};
  const auto padding = text.size() - text.find_last_not_of('=') - 1;
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

}  // namespace tinwatch
