#include "article/lead.hpp"

#include "article/body_signs.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "rules.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t most_lead_blocks = 3;
constexpr std::size_t most_intro_blocks = 6;
constexpr std::uint32_t least_intro = 25;  // words
constexpr std::uint32_t least_lead_words = 6;
constexpr std::uint32_t least_marked_lead = 15;  // words
constexpr std::uint32_t least_placed_lead = 10;
constexpr std::uint32_t least_bold_lead = 11;
constexpr std::uint32_t least_heading_lead = 10;
constexpr std::size_t most_compared = 60;  // paragraphs

/// Scripts without blanks say a word in two characters and more.
std::uint32_t words_in(const TextBlock& block) {
  return std::max(block.words, block.cjk_chars / 2);
}

}  // namespace

Leads::Leads(Page& page, const CleanPage& clean, Index content, const std::vector<BodyBlock>& kept,
             const std::vector<bool>& captions)
    : page_(page), dom_(page.dom), clean_(clean), content_(content), kept_(kept) {
  for (std::size_t n = 0; n < captions.size() && clean.blocks[n].first < content; ++n)
    if (captions[n]) captions_.insert(clean.blocks[n].first);
}

bool Leads::is_lead(const BodyBlock& kept, bool is_first) {
  for (Index up = kept.block.owner; up != Dom::none && up > content_; up = dom_[up].parent)
    if (page_.names.of(up).lead || dom_.attribute(up, "role") == "doc-subtitle") return true;
  if ((is_first && is_heading_lead(kept)) || is_set_apart(kept)) return true;
  // A first paragraph all in bold or italics, before paragraphs that are not; whatever element it
  // is.
  auto next = static_cast<std::size_t>(&kept - kept_.data()) + 1;
  while (next < kept_.size() && kept_[next].is_caption && !is_left_out("lead-before-picture"))
    ++next;
  return is_wholly_marked(kept.block) && next < kept_.size() &&
         kept_[next].block.strong_chars * 2 < kept_[next].block.chars && !asks_again(kept);
}

/// All in bold or italics, and as long as a lead.
bool Leads::is_wholly_marked(const TextBlock& block) const {
  return words_in(block) >= least_bold_lead && !is_heading(dom_[block.owner].tag) &&
         (wholly_in(dom_, block, GUMBO_TAG_STRONG, GUMBO_TAG_B) ||
          wholly_in(dom_, block, GUMBO_TAG_EM, GUMBO_TAG_I));
}

/// Two more are set like it behind it: the questions of an interview.
bool Leads::asks_again(const BodyBlock& kept) const {
  if (is_left_out("bold-questions")) return false;
  const auto from = kept_.begin() + (&kept - kept_.data()) + 1;
  return std::count_if(from, kept_.end(), [this](const auto& one) {
           return !one.is_caption && is_wholly_marked(one.block);
         }) >= 2;
}

/// A heading right behind the headline that says as much as a sentence, before any text.
bool Leads::is_heading_lead(const BodyBlock& kept) const {
  return is_heading(dom_[kept.block.owner].tag) && words_in(kept.block) >= least_heading_lead &&
         page_.headline != Dom::none && &kept != &kept_.back() && !is_left_out("heading-lead");
}

/// The first paragraph, of a class of its own where those behind it share another: a lead
/// whatever its name means. The name of a first letter or line says nothing about the rest.
bool Leads::is_set_apart(const BodyBlock& kept) const {
  const auto& block = kept.block;
  if (words_in(block) < least_placed_lead || is_heading(dom_[block.owner].tag) ||
      is_left_out("lead-set-apart"))
    return false;
  const auto names = class_round(block.owner);
  if (names.empty() || names.find("drop") != std::string::npos ||
      names.find("first") != std::string::npos)
    return false;
  std::map<std::string, std::size_t> shapes;
  std::size_t others = 0;
  std::size_t most = 0;
  for (const auto& one : kept_) {
    if (&one == &kept || one.is_caption || one.block.prose() == 0) continue;
    auto other = class_round(one.block.owner);
    if (other == names) return false;
    most = std::max(most, ++shapes[std::move(other)]);
    if (++others == most_compared) break;
  }
  return others >= 3 && most * 3 > others * 2;
}

/// The element's name and its class, or that of the box that holds it alone.
std::string Leads::class_round(Index owner) const {
  auto out = dom_.type(owner) + '.' + std::string(dom_.attribute(owner, "class"));
  const auto parent = dom_[owner].parent;
  const bool is_last =
      parent != Dom::none && parent > content_ && dom_[parent].end == dom_[owner].end;
  auto first = is_last ? parent + 1 : owner;
  while (first < owner && dom_[first].is_text && dom_[first].run.chars == 0) ++first;
  if (is_last && first == owner) out += '/' + std::string(dom_.attribute(parent, "class"));
  return out == dom_.type(owner) + '.' ? std::string() : out;
}

/// A lead often stands above the body, in the header that holds the headline.
Body Leads::read_above() {
  Body out;
  if (page_.headline == Dom::none || kept_.empty()) return out;
  const auto description = word_key(page_.head.description());
  has_description_ = !description.empty();
  const auto first = kept_.front().block.first;
  std::unordered_set<std::string> kept_keys;
  for (std::size_t n = 0; n < clean_.all.size(); ++n) {
    const auto& block = clean_.all[n];
    if (block.first <= page_.headline || dom_.contains(page_.headline, block.owner)) continue;
    if (block.first >= first || out.blocks.size() == most_intro_blocks) break;
    if (words_in(block) < least_lead_words || block.link_share() > 0.5) continue;
    if (clean_.why[block.owner] == Drop::media || clean_.why[block.owner] == Drop::byline ||
        captions_.contains(block.first))
      continue;
    bool named = out.blocks.empty() && is_lead_by_place(n);
    bool deck = false;
    for (Index up = block.owner; up != Dom::none && !dom_.contains(up, page_.headline);
         up = dom_[up].parent) {
      named = named || page_.names.of(up).lead || dom_.attribute(up, "itemprop") == "description";
      deck = deck || page_.names.of(up).deck;
    }
    auto text = clean_.texts[n];
    const auto key = word_key(text);
    if (page_.titles.contains(key)) continue;
    const bool lead =
        (named || (!description.empty() && description.starts_with(key.substr(0, 80)))) &&
        out.blocks.size() < most_lead_blocks;
    if (!lead && !is_intro(n)) continue;
    if (kept_keys.empty())
      for (const auto& kept : kept_) kept_keys.insert(word_key(kept.text));
    if (kept_keys.contains(key)) continue;
    const bool sentence = !has_description_ && words_in(block) >= least_marked_lead &&
                          phrases::ends_sentence(text) && !is_left_out("deck-lead");
    if (deck && !(lead && sentence)) {
      if (out.deck.empty()) out.deck = std::move(text);
      continue;
    }
    out.blocks.push_back({lead ? BlockType::lead : BlockType::paragraph, std::move(text)});
  }
  return out;
}

/// A paragraph of some length between headline and content: the text begins before the box that
/// holds the most of it.
bool Leads::is_intro(std::size_t n) const {
  const auto& block = clean_.all[n];
  const bool kept = clean_.why[block.owner] == Drop::kept && words_in(block) >= least_intro &&
                    dom_[block.owner].tag == GUMBO_TAG_P;
  const bool in_header = words_in(block) >= least_marked_lead && is_only_in_header(block.owner);
  return (kept || in_header) && block.link_share() < 0.2 &&
         phrases::ends_sentence(clean_.texts[n]) && !phrases::is_contact(clean_.texts[n]) &&
         !phrases::is_pointer(clean_.texts[n]) && !is_left_out("intro-outside");
}

/// Between headline and text, set in bold or as a heading, and as long as a sentence; or a
/// sentence that is all that stands there.
bool Leads::is_lead_by_place(std::size_t n) const {
  const auto& block = clean_.all[n];
  if (block.link_share() > 0.2) return false;
  if (clean_.why[block.owner] != Drop::kept && !is_only_in_header(block.owner)) return false;
  if (words_in(block) < least_placed_lead || is_meta_line(pieces_of(dom_, block))) return false;
  if (block.is_strong()) return true;
  // Where a lead is declared, another sentence is something else.
  return !has_description_ &&
         (is_heading(dom_[block.owner].tag) || phrases::ends_sentence(clean_.texts[n]) ||
          (dom_[block.owner].tag == GUMBO_TAG_P && words_in(block) >= least_bold_lead &&
           !is_left_out("open-lead")));
}

/// Dropped for nothing but the <header> around it, which may hold the lead as well as furniture.
bool Leads::is_only_in_header(Index at) const {
  if (is_left_out("lead-in-header")) return false;
  for (; at != Dom::none && clean_.why[at] == Drop::chrome; at = dom_[at].parent) {
    if (dom_[at].tag == GUMBO_TAG_HEADER) return true;
    const auto names = page_.names.of(at);
    if (names.chrome_word || names.boilerplate || !is_block(dom_[at].tag)) return false;
  }
  return false;
}

}  // namespace tinwatch::parsers
