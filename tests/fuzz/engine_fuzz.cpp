#include "watch/simple_match.hpp"
#include "watch/watch_set.hpp"

/// Queries and a text made of the bytes' choices: the engine finds what the simple matcher finds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch::watch;
  std::size_t at = 0;
  const auto pick = [&](std::size_t n) { return at < size ? data[at++] % n : 0; };
  simple::Inventor invent(pick);
  std::vector<Watch> watches;
  for (auto count = 1 + pick(6); count > 0; --count) {
    const auto mode = static_cast<Mode>(pick(4));
    auto query = Query::parse(invent.query(), {.mode = mode});
    if (!query) __builtin_trap();
    watches.push_back({"w", std::make_shared<const Query>(std::move(*query))});
  }
  const auto lead = invent.text();
  const ArticleText article(
      {{"headline", invent.text()}, {"description", lead}, {"body", lead + invent.text()}});
  const simple::Matcher matcher(article);
  const auto set = WatchSet::compile(watches);
  tinwatch::WorkBudget budget;
  std::vector<bool> found(watches.size(), false);
  for (const auto& one : set->compare(nullptr, article, {}, budget)) found[one.watch] = true;
  for (std::size_t i = 0; i < watches.size(); ++i)
    if (found[i] != matcher.matches(*watches[i].query).value_or(false)) __builtin_trap();
  return 0;
}
