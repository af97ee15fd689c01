#include "page/unfilled.hpp"

#include "regex.hpp"

namespace tinwatch::parsers {

bool is_placeholder(std::string_view text) {
  static const RE2 hole(R"(\s*(?:\$\{[^{}]+\}|\{\{[^{}]+\}\})\s*)");
  return RE2::FullMatch(piece(text), hole);
}

Dom::Index find_unfilled_content(const Page& page, const CleanPage& clean) {
  if (page.h1.empty() || !is_placeholder(page.dom.text(page.h1.front()))) return Dom::none;
  for (auto block = clean.all.rbegin(); block != clean.all.rend(); ++block)
    if (is_placeholder(text_of(page.dom, *block, clean.skip))) return page.dom[block->owner].parent;
  return Dom::none;
}

}  // namespace tinwatch::parsers
