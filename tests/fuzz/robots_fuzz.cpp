#include "core/robots.hpp"

/// The first line is a path, the rest a robots.txt.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto end = bytes.find('\n');
  const auto robots =
      tinwatch::Robots::parse(end == std::string_view::npos ? "" : bytes.substr(end), "tinwatch");
  static_cast<void>(robots.allows(bytes.substr(0, end)));
  if (!robots.allows("/robots.txt")) __builtin_trap();
  return 0;
}
