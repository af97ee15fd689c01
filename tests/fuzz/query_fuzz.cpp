#include "watch/match.hpp"

/// The first line is a query, the rest a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto end = bytes.find('\n');
  const auto query = watch::Query::parse(bytes.substr(0, end), watch::Mode::fold);
  if (!query) return 0;
  if (query->terms().size() > 200) __builtin_trap();
  for (const auto& term : query->terms())
    if (term.tokens.size() > 100) __builtin_trap();
  std::vector<EditorialField> fields{
      {"body", std::string(end == std::string_view::npos ? "" : bytes.substr(end))}};
  static_cast<void>(watch::match(*query, watch::Haystack(std::move(fields), watch::Mode::fold)));
  return 0;
}
