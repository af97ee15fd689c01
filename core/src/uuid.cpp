#include "core/uuid.hpp"

#include <array>
#include <cctype>
#include <cstdint>
#include <openssl/rand.h>
#include <stdexcept>

namespace tinwatch {
namespace {

constexpr std::string_view pattern = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

}  // namespace

std::string new_uuid(Instant now) {
  std::array<std::uint8_t, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("the system gives no random numbers");
  const auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x70);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);

  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(pattern);
  std::size_t nibble = 0;
  for (char& c : text) {
    if (c == '-') continue;
    const auto byte = bytes[nibble / 2];
    c = digits[nibble % 2 == 0 ? byte >> 4 : byte & 0x0f];
    ++nibble;
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = pattern[i] == '-';
    if (hyphen != (text[i] == '-')) return false;
    if (!hyphen && std::isxdigit(static_cast<unsigned char>(text[i])) == 0) return false;
  }
  return true;
}

}  // namespace tinwatch
