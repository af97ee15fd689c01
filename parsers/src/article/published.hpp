#pragma once

#include "article/json_ld.hpp"
#include "page/boilerplate.hpp"
#include "parsers/dates.hpp"
#include "parsers/document.hpp"

#include <optional>
#include <string>

namespace tinwatch::parsers {

struct Published {
  std::optional<PrintedDate> published;
  std::string published_source;
  std::optional<PrintedDate> modified;
  std::string modified_source;
};

/// When the article was published: as structured data declares it, else as a line near the headline
/// prints it, else as its address carries it (docs/extraction.md, "Dates"). A printed line with a
/// zone corrects a declared one that shows the same clock in another zone.
[[nodiscard]] Published find_published(Page& page, const CleanPage& clean, const JsonLd& ld,
                                       Dom::Index content, const Document& document,
                                       const DateContext& context);

}  // namespace tinwatch::parsers
