#pragma once

#include "article/json_ld.hpp"
#include "core/record.hpp"
#include "page/page.hpp"

#include <string>

namespace tinwatch::parsers {

/// A text and where it comes from.
struct Sourced {
  std::string text;
  std::string provenance;
};

/// The headline: the <h1> a reader sees where the declared titles agree with it, else JSON-LD's,
/// og:title or <title> without the site's name (docs/extraction.md, "Headline").
[[nodiscard]] Sourced find_headline(const Page& page, const JsonLd& ld);

/// The small line above the headline.
[[nodiscard]] std::string find_kicker(const Page& page);

/// The site's name: og:site_name, else what the title carries behind the headline.
[[nodiscard]] std::string find_site_name(const Head& head, const std::string& headline);

/// A part of a series told from the headline "Title (Kỳ 1): Part" or "Part - Kỳ 2: Title" and from
/// the link to the next part; nothing for a headline without a part label.
[[nodiscard]] std::optional<Series> read_series(const std::string& headline,
                                                const std::vector<Block>& body);

}  // namespace tinwatch::parsers
