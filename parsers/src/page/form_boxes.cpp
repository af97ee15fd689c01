#include "page/form_boxes.hpp"

#include "page/teaser_cards.hpp"

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr double longest_form = 160;  // characters of a box with a form
constexpr int most_paragraphs = 2;

/// A form, or a control of one. Buttons stand in paragraphs too.
bool is_question(const Dom& dom, Index at) {
  switch (dom[at].tag) {
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA: return true;
    case GUMBO_TAG_INPUT: {
      const auto type = dom.attribute(at, "type");
      return type == "radio" || type == "email" || type == "text" || type == "checkbox";
    }
    default: return false;
  }
}

}  // namespace

std::vector<Index> find_form_boxes(const Dom& dom, Index body, const BlockSums& chars,
                                   const TagCount& paragraphs,
                                   const std::function<bool(Index)>& stays) {
  std::vector<Index> out;
  for (Index i = body + 1; i < dom[body].end; ++i) {
    if (!is_question(dom, i) || stays(i) || chars.over(i) > longest_form) continue;
    Index box = i;
    for (Index up = dom[i].parent; up != body && up != Dom::none; up = dom[up].parent) {
      if (stays(up) || chars.over(up) > longest_form || paragraphs.inside(up) > most_paragraphs)
        break;
      box = up;
    }
    out.push_back(box);
    i = dom[box].end - 1;
  }
  return out;
}

}  // namespace tinwatch::parsers
