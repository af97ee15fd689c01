#pragma once

#include "article_visit.hpp"
#include "decide_article.hpp"
#include "storage/article.hpp"
#include "storage/views.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace tinwatch::crawl {

struct ArticleVisit::Found {
  /// What was looked for; of an article from another address without the noise of that one.
  std::shared_ptr<const Sighting> page;
  std::optional<storage::StoredArticle> article;
  std::optional<ReadArticle> before;               ///< as `article` stands
  std::vector<storage::CopyCandidate> candidates;  ///< copies of an article not known yet
  std::vector<storage::CopyView> copies;           ///< of a known one that changed, itself included
  monitor::CopiesCarry copies_carry;
  int earlier_revision = 0;                ///< of it, with the state that the page shows; 0: none
  std::vector<storage::Suspect> suspects;  ///< of the page's template, if it is known
  /// The page that is kept of it: to be read anew by another extractor, or to learn from.
  std::optional<storage::Capture> kept_page;
  /// The article that the address is known by, where the page shows another one.
  std::optional<storage::StoredArticle> displaced;
  /// Whether the page kept of it was built by another template; empty: none was looked at.
  std::optional<bool> is_rebuilt;
  bool had_end = true;         ///< the page kept of it does not break off; true without one
  bool names_paywall = false;  ///< the page's markup does, and that of the page kept does not
};

}  // namespace tinwatch::crawl
