#pragma once

#include "core/record.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tinwatch::parsers {

/// Of one article; what has more is no article.
inline constexpr std::size_t most_article_pages = 20;

/// One record of an article that is set over several pages, in their order; each but the first is
/// what the one before names as its `next_page`.
///
/// The first page says what the article is; the others add their blocks, pictures and keywords, and
/// what the first does not say (authors, source, correction). What each page prints again stands
/// once: the lead, captions, and the blocks with which pages begin or end alike. A page that prints
/// nothing new adds nothing. `next_page` is that of the last page. Pages beyond
/// `most_article_pages` and text beyond what one record keeps are left out, and the record says so.
/// Pure; any thread. `pages` has at least one.
[[nodiscard]] ArticleRecord join_pages(std::vector<ArticleRecord> pages);

/// The addresses of which `url` may be a further page, by its form alone: without the number of
/// `/tin/lu/2`, `/tin/lu?page=2`, `/tin/lu_2.html`. Empty for most addresses.
[[nodiscard]] std::vector<std::string> first_pages(const std::string& url);

}  // namespace tinwatch::parsers
