#include "article_visit.hpp"

#include <utility>

/// What is made of the page that is kept of an article.
namespace tinwatch::crawl {
namespace {

/// Whether it is worth learning again what a page is known by: while it serves, and then ever more
/// seldom.
bool is_worth_learning(int misses) { return misses < 4 || (misses & (misses - 1)) == 0; }

}  // namespace

Task<std::optional<ReadArticle>> ArticleVisit::read_again(std::optional<storage::Capture> kept_page,
                                                          PageNoisePtr noise) {
  if (!kept_page) co_return std::nullopt;
  auto first = std::make_shared<storage::Capture>(std::move(*kept_page));
  const auto further = std::exchange(first->further, {});
  const storage::CapturePtr capture = std::move(first);
  try {
    auto again = co_await work_on(/*journalled=*/true, &parse_page, capture, source_.site, noise);
    if (again.article && !further.empty())
      co_return co_await join_kept(std::move(again.article->record), further, noise);
    co_return std::move(again.article);
  } catch (const PageFailed&) {
    // As where the bytes are no longer kept: the new state is taken over silently.
    co_return std::nullopt;
  }
}

Task<storage::StoredArticle::Region> ArticleVisit::learn(std::shared_ptr<const Sighting> sighting,
                                                         storage::StoredArticle stored,
                                                         storage::Capture before) {
  const bool served = !stored.region.text.empty() && item_.shortcuts > 0;
  const int misses = served ? 0 : stored.region.misses;
  storage::StoredArticle::Region out;
  out.misses = misses + 1;
  if (!is_worth_learning(misses)) co_return out;
  try {
    out.text = co_await work_on(/*journalled=*/true, &learn_region, std::move(before), sighting,
                                source_.site);
  } catch (const PageFailed&) {
    // The page will be read whole the next time too.
  }
  co_return out;
}

}  // namespace tinwatch::crawl
