#include "page/box_signs.hpp"

#include "page/own_address.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr double least_legend = 15;  // characters
constexpr double longest_legend = 400;
constexpr int most_boxes_round = 2;
constexpr int most_pictures = 2;
constexpr int least_popup_links = 3;
constexpr Index most_nodes_to_heading = 8;

/// A link in it shows the picture larger, and leads to no other article.
bool links_to_pictures(const Dom& dom, Index at) {
  for (auto i = at; i < dom[at].end; ++i)
    if (dom[i].tag == GUMBO_TAG_A && !is_picture_address(dom.attribute(i, "href"))) return false;
  return true;
}

}  // namespace

bool is_legend(const BoxSums& sums, Index at) {
  if (sums.pictures.inside(at) > 0 || sums.anchors.inside(at) > 0 || is_left_out("legend"))
    return false;
  const auto own = sums.chars.over(at);
  if (own < least_legend || own > longest_legend) return false;
  auto box = sums.dom[at].parent;
  for (int far = 1; far < most_boxes_round && box > sums.body && sums.pictures.inside(box) == 0;
       ++far)
    box = sums.dom[box].parent;
  // A picture stands twice where one is for browsers without scripts.
  return box > sums.body && sums.pictures.inside(box) >= 1 &&
         sums.pictures.inside(box) <= most_pictures && sums.anchors.inside(box) == 0 &&
         sums.chars.over(box) == own;
}

bool is_one_picture(const BoxSums& sums, Index at) {
  const auto pictures = sums.pictures.inside(at);
  return pictures >= 1 && pictures <= most_pictures && sums.anchors.inside(at) <= 1 &&
         sums.chars.over(at) >= least_legend && sums.chars.over(at) <= longest_legend &&
         links_to_pictures(sums.dom, at) && !is_left_out("one-picture");
}

bool is_heading_alone(const BoxSums& sums, Index at) {
  if (sums.anchors.inside(at) > 0 || is_left_out("heading-in-header")) return false;
  const auto end = std::min(sums.dom[at].end, at + most_nodes_to_heading);
  for (auto i = at + 1; i < end; ++i)
    if (is_heading(sums.dom[i].tag))
      return sums.dom[i].tag != GUMBO_TAG_H1 && sums.chars.over(i) == sums.chars.over(at);
  return false;
}

bool is_popup(const BoxSums& sums, Index at) {
  return sums.pictures.inside(at) > 0 && sums.anchors.inside(at) >= least_popup_links;
}

bool is_mostly_quotes(const BoxSums& sums, Index at) {
  const auto& dom = sums.dom;
  double quoted = 0;
  for (Index i = at; i < dom[at].end;) {
    if (dom[i].tag == GUMBO_TAG_BLOCKQUOTE) {
      quoted += sums.chars.over(i);
      i = dom[i].end;
    } else {
      ++i;
    }
  }
  return quoted > 0.5 * std::max(1.0, sums.chars.over(at));
}

Index alone_in(const BoxSums& sums, Index heading) {
  auto box = heading;
  for (int far = 0; far < most_boxes_round && !is_left_out("heading-alone"); ++far) {
    const auto up = sums.dom[box].parent;
    const bool cell = sums.dom[up].tag == GUMBO_TAG_TD || sums.dom[up].tag == GUMBO_TAG_TR;
    if (!cell || sums.chars.over(up) > sums.chars.over(heading)) break;
    box = up;
  }
  return box;
}

}  // namespace tinwatch::parsers
