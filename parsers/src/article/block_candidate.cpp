#include "article/block_candidate.hpp"

#include "article/body_signs.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "page/written_list.hpp"
#include "rules.hpp"

#include <algorithm>
#include <map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::uint32_t least_told_words = 40;  // behind a heading
constexpr std::size_t least_items = 3;
constexpr std::uint32_t most_click_words = 5;
constexpr std::uint32_t most_offer_words = 50;
constexpr Index most_offer_nodes = 40;
constexpr std::size_t most_header_blocks = 14;
constexpr std::uint32_t most_quoted_words = 45;
constexpr std::uint32_t least_linked_words = 15;
constexpr std::uint32_t most_name_line_words = 6;
constexpr std::size_t surely_about = 4;  // blocks
constexpr std::size_t most_about = 12;
constexpr std::ptrdiff_t most_lives = 4;  // paragraphs about who wrote it

bool is_plain_box(GumboTag tag) {
  return tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_ASIDE;
}

/// A small box that holds something to press, which opens nothing that stands on the page.
bool holds_button(const Dom& dom, Index box) {
  if (dom[box].end - box > most_offer_nodes || is_left_out("pressed-offers")) return false;
  bool found = false;
  for (auto i = box; i < dom[box].end; ++i) {
    if (dom[i].tag != GUMBO_TAG_BUTTON) continue;
    if (!dom.attribute(i, "aria-expanded").empty()) return false;
    found = true;
  }
  return found;
}

/// A question, or something that somebody said: of an article, and no offer.
bool is_said(std::string_view text) {
  for (const std::string_view end : {"?", "？", "\"", "”", "“", "»", "」"})
    if (text.ends_with(end)) return true;
  return false;
}

/// Farther from the end it is about who wrote the text: by its words, or a name stands under it.
bool is_about_behind(const std::vector<Candidate>& all, std::size_t at) {
  const auto& next = all[at + 1];
  const bool named =
      phrases::opens_self_portrait(all[at].text) && !next.caption && looks_like_names(next.text);
  if (!named && !phrases::is_about_author(all[at].text)) return false;
  const auto behind = all.begin() + static_cast<std::ptrdiff_t>(at);
  return std::count_if(behind, all.end(), [](const auto& one) { return one.block->prose() > 0; }) <=
         most_lives;
}

}  // namespace

void mark_written_lists(const Dom& dom, std::vector<Candidate>& all) {
  if (is_left_out("written-list")) return;
  std::map<Index, int> paragraphs;  // parent -> those right inside
  std::map<Index, bool> written;    // lists
  for (auto& one : all) {
    if (one.in_list && one.links() > 0.75) {
      const auto item = ancestor(dom, one.block->owner, GUMBO_TAG_LI, 0);
      const auto list = item == Dom::none ? Dom::none : dom[item].parent;
      if (list == Dom::none || paragraphs[dom[list].parent] < 2) continue;
      const auto [known, first] = written.try_emplace(list, false);
      if (first) known->second = is_written_list(dom, list);
      one.written_list = known->second;
    } else if (one.tag == GUMBO_TAG_P && one.links() < 0.3 && one.block->prose() > 0) {
      ++paragraphs[dom[one.block->owner].parent];
    }
  }
}

void mark_item_headings(std::vector<Candidate>& all) {
  if (is_left_out("item-headings")) return;
  std::map<GumboTag, std::size_t> told;
  const auto is_told = [&](std::size_t i) {
    std::uint32_t words = 0;
    for (auto next = i + 1; next < all.size() && !is_heading(all[next].tag); ++next)
      words += all[next].links() < 0.3 ? all[next].words() : 0;
    return words >= least_told_words;
  };
  for (std::size_t i = 0; i < all.size(); ++i)
    if (is_heading(all[i].tag) && all[i].links() > 0.75 && is_told(i)) ++told[all[i].tag];
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i].item_heading = is_heading(all[i].tag) && told[all[i].tag] >= least_items && is_told(i);
}

void mark_offers(const Dom& dom, std::vector<Candidate>& all) {
  if (is_left_out("offers")) return;
  std::map<Index, double> flows;  // what paragraphs stand in -> their prose
  for (const auto& one : all)
    if (one.block->prose() > 0 && one.links() < 0.3 && one.tag == GUMBO_TAG_P)
      flows[dom[one.block->owner].parent] += one.block->prose();
  const auto most = std::max_element(
      flows.begin(), flows.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == flows.end()) return;
  const auto flow = most->first;
  for (std::size_t i = 0; i < all.size();) {
    Index box = all[i].block->owner;
    while (box != Dom::none && dom[box].parent != flow) box = dom[box].parent;
    auto end = i + 1;
    if (box == Dom::none || !is_plain_box(dom[box].tag)) {
      i = end;
      continue;
    }
    bool heading = false;
    bool click = false;
    bool text = false;
    bool said = false;
    std::uint32_t words = 0;
    for (end = i; end < all.size() && dom.contains(box, all[end].block->owner); ++end) {
      const auto& one = all[end];
      const bool linked = one.links() > 0.9;
      heading = heading || is_heading(one.tag);
      click = click || (linked && one.words() <= most_click_words);
      text = text || one.caption || one.in_table || one.in_quote || one.block->prose() > 0 ||
             (linked && one.words() > most_click_words);
      said = said || is_said(one.text);
      words += one.words();
    }
    if (end - i >= 2 && !text && (click || (!said && holds_button(dom, box))) &&
        words <= (heading ? most_offer_words : most_offer_words / 2))
      for (auto n = i; n < end; ++n) all[n].in_offer = true;
    i = end;
  }
}

bool holds_digit(const Dom& dom, const TextBlock& block) {
  for (auto i = block.first; i < block.end; ++i)
    if (dom[i].is_text && dom[i].run.has_digit) return true;
  return false;
}

void mark_header_names(const Dom& dom, std::vector<Candidate>& all) {
  if (is_left_out("header-names")) return;
  const auto most = std::min(all.size(), most_header_blocks);
  const auto names = [&](std::size_t i) {
    const auto& one = all[i];
    return one.words() <= most_name_line_words && !one.in_quote && !one.in_table &&
           !is_heading(one.tag) && one.tag != GUMBO_TAG_P && looks_like_names(one.text);
  };
  for (std::size_t i = 0; i < most; ++i) {
    if (all[i].words() > 20 || !holds_digit(dom, *all[i].block)) continue;  // no date without
    const auto pieces = pieces_of(dom, *all[i].block);
    const bool dated = std::any_of(pieces.begin(), pieces.end(),
                                   [](const auto& one) { return one.kind == PieceKind::date; });
    if (!dated || !is_meta_line(pieces)) continue;
    for (auto before = i; before-- > 0 && names(before);) all[before].signs_header = true;
    for (auto behind = i + 1; behind < most && names(behind); ++behind)
      all[behind].signs_header = true;
    return;
  }
}

bool is_data_cell(const Page& page, Index cell) {
  const bool set_out = page.headline != Dom::none && page.dom.contains(cell, page.headline) &&
                       !is_left_out("page-cells");
  return !set_out && !has_one_cell(page.dom, page.dom[cell].parent);
}

bool is_labelled_cell(const std::vector<Candidate>& all, std::size_t at) {
  return all[at].in_table && !is_left_out("labelled-cells") &&
         (all[at].text.ends_with(':') || (at > 0 && all[at - 1].text.ends_with(':')));
}

void mark_quoted_links(const Dom& dom, std::vector<Candidate>& all) {
  if (is_left_out("quoted-link")) return;
  std::map<Dom::Index, std::uint32_t> said;  // characters, of each quotation
  for (auto& one : all) {
    if (!one.in_quote || one.links() <= 0.95 || one.words() > most_quoted_words) continue;
    const auto quote = ancestor(dom, one.block->owner, GUMBO_TAG_BLOCKQUOTE, 0);
    const auto [known, is_new] = said.try_emplace(quote, 0);
    if (is_new)
      for (auto i = quote; i < dom[quote].end; ++i) known->second += dom[i].run.chars;
    one.quoted_link = known->second <= one.block->chars + one.block->chars / 10;
  }
}

void mark_linked_paragraphs(const Dom& dom, std::vector<Candidate>& all) {
  if (is_left_out("linked-paragraph")) return;
  const auto alike = [&](const Candidate& one, std::size_t other) {
    if (other >= all.size() || all[other].block->prose() == 0 || all[other].links() > 0.3)
      return false;
    const auto a = one.block->owner;
    const auto b = all[other].block->owner;
    return dom[a].tag == dom[b].tag && dom[a].parent == dom[b].parent &&
           dom.attribute(a, "class") == dom.attribute(b, "class");
  };
  for (std::size_t i = 0; i < all.size() && all[i].block->prose() == 0; ++i) {
    auto& one = all[i];
    one.linked_paragraph = one.tag == GUMBO_TAG_P && one.links() > 0.75 && one.sentence &&
                           one.words() >= least_linked_words && alike(one, i + 1);
  }
}

std::size_t about_section(const std::vector<Candidate>& all, std::size_t first) {
  const auto near = all.size() - std::min(all.size(), surely_about);
  const auto far = all.size() - std::min(all.size(), most_about);
  for (auto i = std::max(first, is_left_out("about-behind") ? near : far); i + 1 < all.size();
       ++i) {
    const auto& one = all[i];
    if ((!is_heading(one.tag) && !one.block->is_strong()) || one.words() > 8) continue;
    if (i >= near ? phrases::opens_self_portrait(one.text) : is_about_behind(all, i)) return i;
  }
  return all.size();
}

}  // namespace tinwatch::parsers
