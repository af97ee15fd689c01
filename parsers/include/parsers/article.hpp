#pragma once

#include "core/record.hpp"
#include "core/result.hpp"
#include "core/work_budget.hpp"
#include "parsers/document.hpp"
#include "parsers/site.hpp"

#include <memory>
#include <string>

namespace tinwatch::parsers {

/// Changes whenever the same bytes may give another record. Stored with every revision: a record
/// made by another version is made again from the stored bytes before anything is compared.
inline constexpr std::string_view extractor_version = "tinwatch/7";

/// What a page is that is no article.
enum class PageKind { listing, home, soft_404, paywall, consent, video, other };
[[nodiscard]] std::string_view label(PageKind kind);

/// What a page lacks that would be an article with it.
enum class Lack { nothing, headline, body };
[[nodiscard]] std::string_view label(Lack lack);

struct NotAnArticle {
  PageKind page = PageKind::other;
  std::string detail;  ///< for people
  Lack lacks = Lack::nothing;
};

/// Extracts the article a page is about.
///
/// Pure: same document and site, same record; any thread. Linear in the size of the page, whatever
/// its malice (html_prune.hpp). Text is NFC and single-spaced. A page without a headline or without
/// prose is `NotAnArticle`. Text beyond a megabyte is left out, and the record says so
/// (clipping.hpp). Throws OverBudget.
[[nodiscard]] Result<ArticleRecord, NotAnArticle> extract_article(
    const Document& document, const std::shared_ptr<const Site>& site, WorkBudget& budget);
/// With a budget of its own.
[[nodiscard]] Result<ArticleRecord, NotAnArticle> extract_article(
    const Document& document, const std::shared_ptr<const Site>& site);

}  // namespace tinwatch::parsers
