#include "page/teaser_cards.hpp"

#include "page/page.hpp"

#include <map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t least_cards = 3;
constexpr double longest_card = 500;  // characters that are no link
constexpr int most_card_paragraphs = 3;

/// Elements that hold a heading which links, or stand inside a link with it.
std::vector<bool> mark_linked_headings(const Dom& dom, Index body) {
  std::vector<bool> out(dom.size(), false);
  for (Index i = body; i < dom[body].end; ++i) {
    if (!is_heading(dom[i].tag)) continue;
    bool linked = false;
    for (Index a = i + 1; a < dom[i].end; ++a) linked = linked || dom[a].tag == GUMBO_TAG_A;
    for (Index a = dom[i].parent; a != Dom::none && !linked; a = dom[a].parent)
      linked = dom[a].tag == GUMBO_TAG_A;
    for (Index a = dom[i].parent; linked && a != Dom::none && a != body; a = dom[a].parent)
      out[a] = true;
  }
  return out;
}

bool may_hold_cards(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_ASIDE: return true;
    default: return false;
  }
}

bool may_be_card(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_A:
    case GUMBO_TAG_FIGURE: return true;
    default: return false;
  }
}

}  // namespace

std::vector<Index> find_teaser_cards(const Dom& dom, Index body, const BlockSums& chars,
                                     const BlockSums& links, const TagCount& paragraphs) {
  const auto linked_heading = mark_linked_headings(dom, body);
  std::vector<Index> out;
  for (Index parent = body; parent < dom[body].end; ++parent) {
    if (!may_hold_cards(dom[parent].tag)) continue;
    std::map<std::pair<GumboTag, std::string_view>, std::vector<Index>> shapes;
    for (Index c = parent + 1; c < dom[parent].end; c = dom[c].end) {
      if (!may_be_card(dom[c].tag)) continue;
      const auto names = dom.attribute(c, "class");
      shapes[{dom[c].tag, names.substr(0, names.find(' '))}].push_back(c);
    }
    for (const auto& [shape, siblings] : shapes) {
      if (siblings.size() < least_cards) continue;
      std::size_t cards = 0;
      for (const auto c : siblings) {
        const auto linked_chars = links.over(c);
        const bool linked =
            linked_heading[c] || (linked_chars > 20 && linked_chars > 0.3 * chars.over(c));
        if (linked && chars.over(c) - linked_chars < longest_card &&
            paragraphs.inside(c) <= most_card_paragraphs)
          ++cards;
      }
      if (cards >= least_cards &&
          static_cast<double>(cards) >= 0.7 * static_cast<double>(siblings.size()))
        out.insert(out.end(), siblings.begin(), siblings.end());
    }
  }
  return out;
}

}  // namespace tinwatch::parsers
