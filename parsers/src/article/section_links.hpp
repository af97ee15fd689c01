#pragma once

#include "page/boilerplate.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// What a row of a few short links on one line says, in order, where nothing else stands on the
/// line but marks, a date or the headline (`headline_key` is its `word_key`): where the page stands
/// on its site, in any markup. Empty where the line is something else: menus, shares, names.
[[nodiscard]] std::vector<std::string> links_of_trail(const Page& page, const TextBlock& block,
                                                      const std::string& headline_key);

/// "Print", "Next", "Subscribe": what is done with a page, and no section.
[[nodiscard]] bool is_for_use(std::string_view text);

}  // namespace tinwatch::parsers
