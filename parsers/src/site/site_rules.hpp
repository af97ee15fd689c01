#pragma once

#include "core/types.hpp"
#include "html/selector.hpp"

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

}  // namespace tinwatch::parsers
