#pragma once

#include "core/site_scope.hpp"
#include "core/types.hpp"
#include "core/work_budget.hpp"
#include "parsers/listing.hpp"
#include "parsers/site.hpp"
#include "storage/frontier.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a list's page says. Pure, for the cpu threads; what takes a budget throws OverBudget.
namespace tinwatch::crawl {

using parsers::SitePtr;

/// A list as it was fetched.
struct ListPage {
  std::string url;
  std::string content_type;
  std::string coding;
  std::string body;  ///< as sent
  std::size_t max_body = 0;
  /// Start pages lead to category pages; those lead to articles only.
  bool may_bring_lists = false;
  Instant fetched_at{};
  std::shared_ptr<const SiteScope> scope;  ///< of the source
  parsers::LearnedTemplates learned;       ///< what the source's pages turned out to be
};

/// Why a list that was read names no article.
enum class NoArticles {
  unnamed,     ///< it has text, and no link that leads to an article
  is_article,  ///< it is an article itself
  empty,       ///< a page without text, a feed or a sitemap without items
  scripts,     ///< its scripts would write it
  refresh      ///< it sends a browser elsewhere
};
/// A sentence for people: what it is, and what to do.
[[nodiscard]] std::string_view sentence(NoArticles why);

/// What a list leads to.
struct ReadList {
  parsers::ListKind kind = parsers::ListKind::html;
  std::vector<storage::FoundUrl> found;
  std::optional<storage::FoundUrl> next;  ///< the page behind this one of the same list
  bool has_items = false;                 ///< of a feed or a sitemap, whosesoever they are
  std::optional<NoArticles> none;         ///< nothing: it names articles, or sitemaps that do
  parsers::EntryCount entries;            ///< of a feed or a sitemap
  std::string fault;                      ///< for people; empty: it was read
};

[[nodiscard]] ReadList read_list(ListPage page, SitePtr site, WorkBudget& budget);

}  // namespace tinwatch::crawl
