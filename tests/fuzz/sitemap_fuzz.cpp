#include "parsers/listing.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(tinwatch::parsers::read_sitemap(
      bytes, "https://fuzz.example/s.xml", tinwatch::TimeZone::fixed(std::chrono::hours(7))));
  return 0;
}
