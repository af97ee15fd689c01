#include "parsers/listing.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch::parsers;
  static const auto site = Site::generic(tinwatch::TimeZone::fixed(std::chrono::hours(7)));
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(read_listing(decode("https://fuzz.example/", "", bytes), site));
  return 0;
}
