#include "parsers/listing.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto feed = tinwatch::parsers::read_feed(bytes, "https://fuzz.example/rss",
                                                 tinwatch::TimeZone::fixed(std::chrono::hours(7)));
  if (feed && feed->items.size() > 1000) __builtin_trap();
  return 0;
}
