#pragma once

#include "article/content.hpp"
#include "article/json_ld.hpp"
#include "parsers/article.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tinwatch::parsers {

/// What is known of a page when its kind is judged.
struct PageSigns {
  const Page& page;
  const CleanPage& clean;
  const JsonLd& ld;
  const std::vector<BodyBlock>& kept;
  bool is_article_address = false;  ///< the site's profile says so
};

/// Whether JSON-LD or OpenGraph call the page an article.
[[nodiscard]] bool is_declared_article(const Head& head, const JsonLd& ld);

/// Whether an address is formed as articles' are and lists' seldom: a date and a name of several
/// words behind it, or a number of five digits.
[[nodiscard]] bool is_numbered_address(const std::string& url);

/// How much a page is like an article: declared types, the shape of its address, and how much prose
/// stands in how many paragraphs (docs/extraction.md, "Page kinds"). Articles score 2.5 and more,
/// lists mostly less than 0.5.
[[nodiscard]] double article_score(const PageSigns& signs);

/// Why a page is no article; nothing when it is one.
[[nodiscard]] std::optional<NotAnArticle> why_no_article(const PageSigns& signs);

}  // namespace tinwatch::parsers
