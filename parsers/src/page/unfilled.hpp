#pragma once

#include "page/boilerplate.hpp"
#include "page/page.hpp"

#include <string_view>

namespace tinwatch::parsers {

/// Whether a text is nothing but a hole of a template: "${article.title}", "{{ title }}".
[[nodiscard]] bool is_placeholder(std::string_view text);

/// The content of an article's page whose server failed to fill its template in, which its first
/// <h1> tells: the element of the last hole. `Dom::none` for every other page. What such a page
/// says of its article stands in its head; everything else that it prints belongs to others.
[[nodiscard]] Dom::Index find_unfilled_content(const Page& page, const CleanPage& clean);

}  // namespace tinwatch::parsers
