#pragma once

#include "parsers/listing.hpp"
#include "storage/frontier.hpp"
#include "storage/learned.hpp"

#include <vector>

/// What a source's pages turned out to be, by the form of their addresses, and what follows for its
/// links. Pure.
namespace tinwatch::crawl {

[[nodiscard]] parsers::LearnedTemplates votes_in(
    const std::vector<storage::LearnedTemplate>& learned);

/// Whether pages of that form are hardly ever articles: no single vote, and no two, say so.
[[nodiscard]] bool shows_no_articles(const parsers::TemplateVotes& votes);

/// What to fetch of a page's links that are no articles by their points: the likeliest of each form
/// of address that several links have and nobody knows, so that the rest of it is known afterwards.
/// At most six a page. `follows_lists`: those that look like lists are visited anyway.
[[nodiscard]] std::vector<const parsers::Link*> links_to_try(
    const std::vector<parsers::Link>& links, const parsers::LearnedTemplates& learned,
    bool follows_lists);

/// Puts what a list names into the order in which it is best asked for: two of each unknown form
/// before the rest of it, and last what was never an article.
void put_in_order(std::vector<storage::FoundUrl>& found, const parsers::LearnedTemplates& learned);

}  // namespace tinwatch::crawl
