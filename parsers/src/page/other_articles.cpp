#include "page/other_articles.hpp"

#include "core/text.hpp"
#include "page/line_parts.hpp"
#include "page/own_address.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr double least_before = 200;     // characters of prose: the article has been told
constexpr double standing_before = 800;  // ... at length, where no link tells another one
constexpr double least_inside = 100;
constexpr double most_over = 100;               // of prose over the headline in its box
constexpr std::size_t least_headline = 12;      // bytes
constexpr std::size_t longest_headline = 1024;  // bytes
constexpr std::size_t most_looks = 40;
constexpr Index nodes_of_heading = 12;
constexpr std::size_t lines_of_stamp = 4;  // over and under a heading

/// The outermost box round `at` that does not hold `other`.
Index box_beside(const Dom& dom, Index at, Index other) {
  while (!dom.contains(dom[at].parent, other)) at = dom[at].parent;
  return at;
}

std::uint32_t chars_in(const Dom& dom, Index at) {
  std::uint32_t out = 0;
  dom.step(dom[at].end - at);
  for (auto i = at; i < dom[at].end; ++i) out += dom[i].run.chars;
  return out;
}

/// Most of the heading leads to another page of the site, or all that it stands in does.
bool leads_away(const Page& page, Index at, Index box) {
  const auto& dom = page.dom;
  for (Index up = dom[at].parent; up != Dom::none && up >= box; up = dom[up].parent)
    if (leads_to_another_page(dom, up, page.url)) return true;
  const auto end = std::min(dom[at].end, at + nodes_of_heading);
  for (auto i = at + 1; i < end; ++i)
    if (dom[i].tag == GUMBO_TAG_A && chars_in(dom, i) * 2 > chars_in(dom, at) &&
        leads_to_another_page(dom, i, page.url))
      return true;
  return false;
}

/// A date of its own stands beside the heading: chapters of one article have none.
bool is_stamped(const Page& page, const std::vector<TextBlock>& blocks, Index heading, Index box) {
  const auto& dom = page.dom;
  if (dom[box].tag == GUMBO_TAG_ARTICLE) return true;
  const auto found = std::lower_bound(blocks.begin(), blocks.end(), heading,
                                      [](const auto& one, Index at) { return one.first < at; });
  const auto middle = static_cast<std::size_t>(found - blocks.begin());
  const auto from = middle - std::min(middle, lines_of_stamp);
  for (auto n = from; n < std::min(blocks.size(), middle + lines_of_stamp); ++n) {
    if (!dom.contains(box, blocks[n].owner) || dom.contains(heading, blocks[n].owner)) continue;
    const auto pieces = pieces_of(dom, blocks[n]);
    if (is_meta_line(pieces) && std::any_of(pieces.begin(), pieces.end(), [](const auto& one) {
          return one.kind == PieceKind::date;
        }))
      return true;
  }
  return false;
}

bool is_one_kind(const Dom& dom, Index a, Index b) {
  const auto names = dom.attribute(a, "class");
  return dom[a].tag == dom[b].tag && !names.empty() && names == dom.attribute(b, "class");
}

}  // namespace

std::vector<Index> find_other_articles(const Page& page, const std::vector<TextBlock>& blocks,
                                       const BlockSums& prose, const std::vector<bool>& guarded) {
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
    if (box == i || guarded[box] || prose.between(text_begins, box) < least_before ||
        prose.between(box, i) > most_over || prose.over(box) < least_inside)
      continue;
    const bool apart =
        leads_away(page, i, box) ||
        (tag == dom[headline].tag && prose.between(text_begins, box) >= standing_before &&
         is_one_kind(dom, box, box_beside(dom, headline, box)) && is_stamped(page, blocks, i, box));
    if (!apart) continue;
    const auto said = dom.brief_text(i, longest_headline);
    if (said.size() < least_headline || page.is_called(said)) continue;
    out.push_back(box);
    i = dom[box].end - 1;
  }
  return out;
}

}  // namespace tinwatch::parsers
