#include "parsers/article.hpp"

#include <boost/json/serialize.hpp>

/// Any bytes: either an article with a body, or a reason. Never a crash, a hang or an empty
/// success.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch::parsers;
  static const auto site = Site::generic(tinwatch::TimeZone::fixed(std::chrono::hours(7)));
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto record = extract_article(decode("https://fuzz.example/a", "", bytes), site);
  if (record && record->body.empty()) __builtin_trap();
  // What is stored must be readable again.
  if (record)
    static_cast<void>(tinwatch::record_from_json(boost::json::serialize(to_json(*record))));
  return 0;
}
