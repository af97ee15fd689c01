#pragma once

#include "article/content.hpp"
#include "core/record.hpp"
#include "html/selector.hpp"
#include "page/boilerplate.hpp"
#include "parsers/dates.hpp"
#include "parsers/site.hpp"

#include <memory>
#include <optional>
#include <re2/re2.h>
#include <string>
#include <vector>

namespace tinwatch::parsers {

using Patterns = std::vector<std::unique_ptr<RE2>>;

/// `SelectorSet` with its selectors parsed.
struct CompiledSelectors {
  std::optional<Instant> valid_from;
  std::optional<Instant> valid_until;
  std::optional<Selector> headline, lead, body, date, author, section, caption, remove;
};

/// A profile's rules for reading a page, compiled.
struct SiteRules {
  std::vector<CompiledSelectors> selectors;
  Patterns dateline;
  Patterns end_lines;
  Patterns missing_lines;
};

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
