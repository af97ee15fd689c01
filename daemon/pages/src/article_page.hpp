#pragma once

#include "event_row.hpp"

/// `/articles` and `/articles/ID`.
namespace tinwatch::pages {

struct ArticlePageView {
  storage::ArticleView article;
  std::vector<storage::RevisionView> revisions;  ///< newest first, without records
  std::vector<Event> events;                     ///< newest first
  std::vector<storage::CopyView> copies;         ///< itself not among them
  storage::RevisionView shown;                   ///< whose text is shown
};

/// Nothing: the article has no such revision. `number`: 0 is the newest.
[[nodiscard]] std::optional<ArticlePageView> article_of(const storage::Reader& reader,
                                                        storage::ArticleView article, int number);
[[nodiscard]] api::Reply article_page(const ArticlePageView& page, const Manner& manner);

/// `next`: the path of older ones; empty: there are none.
[[nodiscard]] api::Reply articles_page(const std::vector<storage::ArticleView>& articles,
                                       const std::string& next, const Manner& manner);

}  // namespace tinwatch::pages
