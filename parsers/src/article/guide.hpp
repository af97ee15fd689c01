#pragma once

#include "article/content.hpp"
#include "core/record.hpp"
#include "page/boilerplate.hpp"
#include "parsers/dates.hpp"
#include "site/site_rules.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace tinwatch::parsers {

/// What a profile's selectors find on one page.
struct Guide {
  std::vector<Dom::Index> headline, lead, date, author, section;
  Dom::Index body = Dom::none;
  std::vector<std::pair<Dom::Index, Drop>> drops;
};

/// The first set of selectors that is valid at the time of the fetch and finds its body; an empty
/// guide where none does, so that a stale profile costs exactness and not the article.
[[nodiscard]] Guide guide_for(const SiteRules& rules, const Dom& dom,
                              const std::optional<Instant>& fetched_at);

/// Puts what the profile's selectors found in the place of what the generic rules found: headline,
/// lead, date, authors, sections. A selector that found nothing leaves the field alone.
void apply_guide(const Guide& guide, const Dom& dom, const DateContext& context,
                 ArticleRecord& record);

/// Cuts the body at the first line of the page, behind its headline, that an `end_lines` pattern
/// matches whole.
void cut_at_end_line(const SiteRules& rules, const Page& page, const CleanPage& clean,
                     std::vector<BodyBlock>& kept);

/// Whether a short line of the page says, by the profile's words, that the article is gone.
[[nodiscard]] bool says_gone(const SiteRules& rules, const Page& page, const CleanPage& clean);

}  // namespace tinwatch::parsers
