#include "page/other_articles.hpp"

#include "core/text.hpp"
#include "rules.hpp"

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr double least_before = 200;  // characters of prose: the article has been told
constexpr double least_inside = 100;
constexpr double most_over = 100;               // of prose over the headline in its box
constexpr std::size_t least_headline = 12;      // bytes
constexpr std::size_t longest_headline = 1024;  // bytes
constexpr std::size_t most_looks = 40;
constexpr Index nodes_of_heading = 12;

/// The outermost box round `at` that does not hold `other`.
Index box_beside(const Dom& dom, Index at, Index other) {
  while (!dom.contains(dom[at].parent, other)) at = dom[at].parent;
  return at;
}

bool leads_away(const Dom& dom, Index at, Index box) {
  const auto leads = [&](Index one) {
    const auto href = dom.attribute(one, "href");
    return dom[one].tag == GUMBO_TAG_A && !href.empty() && href.front() != '#';
  };
  for (Index up = dom[at].parent; up != Dom::none && up >= box; up = dom[up].parent)
    if (leads(up)) return true;
  const auto end = std::min(dom[at].end, at + nodes_of_heading);
  for (auto i = at + 1; i < end; ++i)
    if (leads(i)) return true;
  return false;
}

bool is_one_kind(const Dom& dom, Index a, Index b) {
  const auto names = dom.attribute(a, "class");
  return dom[a].tag == dom[b].tag && !names.empty() && names == dom.attribute(b, "class");
}

}  // namespace

std::vector<Index> find_other_articles(const Page& page, const BlockSums& prose) {
  std::vector<Index> out;
  const auto& dom = page.dom;
  const auto headline = page.headline;
  if (headline == Dom::none || is_left_out("other-articles")) return out;
  const auto names = dom.attribute(headline, "class");
  const auto text_begins = dom[headline].end;
  std::size_t looks = 0;
  for (auto i = text_begins; i < dom[page.body].end && looks < most_looks; ++i) {
    const auto tag = dom[i].tag;
    const bool like_headline = dom[i].is_element && (tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2) &&
                               (tag == GUMBO_TAG_H1 || !names.empty()) &&
                               dom.attribute(i, "class") == names;
    if (!like_headline || prose.between(text_begins, i) < least_before) continue;
    ++looks;
    const auto box = box_beside(dom, i, headline);
    if (box == i || prose.between(text_begins, box) < least_before ||
        prose.between(box, i) > most_over || prose.over(box) < least_inside)
      continue;
    const bool apart =
        leads_away(dom, i, box) ||
        (tag == dom[headline].tag && is_one_kind(dom, box, box_beside(dom, headline, box)));
    if (!apart) continue;
    const auto said = dom.brief_text(i, longest_headline);
    if (said.size() < least_headline || page.is_called(said)) continue;
    out.push_back(box);
    i = dom[box].end - 1;
  }
  return out;
}

}  // namespace tinwatch::parsers
