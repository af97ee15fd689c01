#include "page/linked_headline.hpp"

#include "core/site_scope.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "html/tags.hpp"
#include "rules.hpp"

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::uint32_t least_headline = 20;  // characters
constexpr std::uint32_t least_cjk_headline = 8;
constexpr std::size_t longest_stamp = 32;  // bytes: a date, an age, a number in brackets
constexpr Index most_nodes = 40;           // from the box to its first words

/// A date, an age, a counter, a bullet: short, and of digits or of no letters at all.
bool is_stamp(std::string_view text) {
  return text.size() <= longest_stamp && (has_digit(text) || word_key(text).empty());
}

Index link_round(const Dom& dom, Index at, Index box) {
  for (Index up = dom[at].parent; up != Dom::none && up >= box; up = dom[up].parent)
    if (dom[up].tag == GUMBO_TAG_A) return up;
  return Dom::none;
}

/// The other cells of the row show nothing: rows of data have words in several.
bool is_in_only_cell(const Dom& dom, Index link, Index row) {
  Index cell = link;
  while (cell != row && dom[cell].tag != GUMBO_TAG_TD && dom[cell].tag != GUMBO_TAG_TH)
    cell = dom[cell].parent;
  if (cell == row) return false;
  dom.step(dom[row].end - row);
  for (auto i = row; i < dom[row].end; ++i)
    if (dom[i].is_text && dom[i].run.words > 0 && !dom.contains(cell, i)) return false;
  return true;
}

}  // namespace

bool LinkedHeadlines::open(Index box) {
  if (is_left_out("linked-headline")) return false;
  const auto end = std::min(dom_[box].end, box + most_nodes);
  auto at = box + 1;
  Index link = Dom::none;
  for (; at < end && link == Dom::none; ++at) {
    if (!dom_[at].is_text || dom_[at].run.chars == 0) continue;
    link = link_round(dom_, at, box);
    if (link == Dom::none && !is_stamp(squeeze(dom_[at].text))) return false;
  }
  if (link == Dom::none) return false;
  std::uint32_t chars = 0;
  std::uint32_t dense = 0;
  for (auto i = link; i < dom_[link].end; ++i) {
    chars += dom_[i].run.chars;
    dense += dom_[i].run.cjk_chars;
  }
  if (chars < least_headline && dense < least_cjk_headline) return false;
  if (dom_[box].tag == GUMBO_TAG_TR && !is_in_only_cell(dom_, link, box)) return false;
  // What stands beside it on its line is a date; text goes on after a link in a paragraph.
  for (at = dom_[link].end; at < dom_[box].end; ++at) {
    if (dom_[at].tag == GUMBO_TAG_BR || (dom_[at].is_element && is_block(dom_[at].tag))) break;
    if (dom_[at].is_text && dom_[at].run.chars > 0 && !is_stamp(squeeze(dom_[at].text))) {
      const auto parent = dom_[at].parent;
      if (parent == box || dom_.contains(parent, link)) return false;
      if (!is_block(dom_[parent].tag)) return false;
      break;
    }
  }
  return leads_to_site(link);
}

bool LinkedHeadlines::leads_to_site(Index link) {
  const auto href = dom_.attribute(link, "href");
  if (href.empty() || href.front() == '#') return false;
  if (!href.starts_with("http") && !href.starts_with("//")) return true;
  if (page_.url.empty()) return true;
  dom_.step(steps_an_address);
  const auto target = resolve_url(page_.url, href);
  if (own_.empty()) own_ = domain_of(page_.url);
  return target && domain_of(*target) == own_;
}

}  // namespace tinwatch::parsers
