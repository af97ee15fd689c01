#include "core/content_coding.hpp"

/// The first byte chooses the coding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view codings[] = {"gzip", "br", "zstd"};
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto coding = codings[data[0] % 3];
  const auto plain = tinwatch::undo_coding(coding, bytes, 1 << 20);
  if (plain && plain->size() > (1 << 20)) __builtin_trap();
  const auto first = tinwatch::undo_coding_of_prefix(coding, bytes, 1000);
  if (first && first->size() > 1000) __builtin_trap();
  if (plain && first && *first != plain->substr(0, 1000)) __builtin_trap();
  return 0;
}
