#pragma once

#include "article/json_ld.hpp"
#include "page/boilerplate.hpp"

#include <string>
#include <vector>

namespace tinwatch::parsers {

/// The sections an article stands in, root first, as printed: the box named breadcrumb; else a
/// trail near the headline told by its form, "A > B" in links or in plain text, or a short list of
/// links; else what is declared and printed near the headline, or what `article:section` says.
/// Without "Trang chủ" and the headline itself.
[[nodiscard]] std::vector<std::string> find_sections(Page& page, const CleanPage& clean,
                                                     const JsonLd& ld, const std::string& headline);

}  // namespace tinwatch::parsers
