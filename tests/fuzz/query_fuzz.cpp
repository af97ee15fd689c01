#include "watch/watch_set.hpp"

/// The first byte says how, the first line is a query, the rest a text: a query is read, or the
/// fault has a place in it; whatever matches, has a place in the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto end = bytes.find('\n');
  const auto text = bytes.substr(0, end);
  auto query = watch::Query::parse(text, {.mode = static_cast<watch::Mode>(data[0] % 4)});
  if (!query) {
    if (query.error().message.empty() || query.error().line != 1 ||
        query.error().column > text.size() + 1)
      __builtin_trap();
    return 0;
  }
  if (query->terms().size() > 200) __builtin_trap();
  for (const auto& term : query->terms())
    if (term.length == 0 || term.length > 100) __builtin_trap();
  std::vector<EditorialField> fields{
      {"body", std::string(end == std::string_view::npos ? "" : bytes.substr(end))}};
  const watch::ArticleText article(std::move(fields));
  const auto set =
      watch::WatchSet::compile({{"w", std::make_shared<const watch::Query>(std::move(*query))}});
  WorkBudget budget;
  for (const auto& found : set->compare(nullptr, article, {}, budget))
    for (const auto& hit : found.hit.hits)
      if (hit.offset > article.field(3).size() || hit.field != "body") __builtin_trap();
  return 0;
}
