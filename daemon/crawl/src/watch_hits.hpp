#pragma once

#include "core/editorial_state.hpp"
#include "core/event_json.hpp"
#include "core/work_budget.hpp"
#include "decide_article.hpp"
#include "watch/article_text.hpp"

/// Events of watches.
namespace tinwatch::crawl {

/// Adds the hits of an article's new state, for the watches that include its discovery. `before` is
/// null for a new article. Throws OverBudget.
void add_hits(const Plan& plan, Decision& decision, Discovery discovery,
              const EventArticle& article, const ReadArticle* before, const ReadArticle& after,
              const watch::Occasion& occasion, WorkBudget& budget);

/// Adds the hits of an article that was taken down or came back: to a watch that it matches it
/// disappeared, or appeared again, for this reason.
void add_presence_hits(const Plan& plan, Decision& decision, const EventArticle& article,
                       std::string_view reason);

}  // namespace tinwatch::crawl
