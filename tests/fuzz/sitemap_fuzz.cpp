#include "list_checks.hpp"
#include "support/gzip.hpp"

using namespace tinwatch;

namespace {

constexpr std::size_t limit = 1024 * 1024;

auto read(std::string_view bytes) {
  return parsers::read_sitemap(bytes, "https://fuzz.example/s.xml",
                               TimeZone::fixed(std::chrono::hours(7)), limit);
}

}  // namespace

/// As it is, and packed: that must say the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto plain = read(bytes);
  if (plain) fuzz::check_items(plain->entries, 50'000);
  if (plain && !bytes.starts_with("\x1f\x8b")) fuzz::check_count(plain->count, bytes);
  if (bytes.starts_with("\x1f\x8b")) return 0;
  const auto packed = read(test::gzip(std::string(bytes)));
  fuzz::require(plain.has_value() == packed.has_value());
  if (!plain) return 0;
  fuzz::require(plain->kind == packed->kind && plain->entries.size() == packed->entries.size());
  for (std::size_t i = 0; i < plain->entries.size(); ++i)
    fuzz::require(fuzz::operator==(plain->entries[i], packed->entries[i]));
  return 0;
}
