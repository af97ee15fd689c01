#include "list_checks.hpp"

using namespace tinwatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto feed =
      parsers::read_feed(bytes, "https://fuzz.example/rss", TimeZone::fixed(std::chrono::hours(7)));
  if (!feed) return 0;
  fuzz::require(is_valid_utf8(feed->title));
  fuzz::check_items(feed->items, 1000);
  fuzz::check_count(feed->count, bytes);
  return 0;
}
