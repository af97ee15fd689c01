#include "article/body_signs.hpp"

#include "core/text.hpp"
#include "page/name_words.hpp"

#include <cctype>

namespace tinwatch::parsers {

using Index = Dom::Index;

namespace {

constexpr std::size_t deepest_shape = 12;  // elements

}  // namespace

bool wholly_in(const Dom& dom, const TextBlock& block, GumboTag a, GumboTag b) {
  bool any = false;
  for (Index i = block.first; i < block.end; ++i) {
    if (!dom[i].is_text || trim(dom[i].text).empty() || squeeze(dom[i].text).empty()) continue;
    any = true;
    Index up = dom[i].parent;
    while (up != Dom::none && up >= block.owner && dom[up].tag != a && dom[up].tag != b)
      up = dom[up].parent;
    if (up == Dom::none || up < block.owner) return false;
  }
  return any;
}

Index ancestor(const Dom& dom, Index at, GumboTag tag, Index stop) {
  for (Index up = at; up != Dom::none && up >= stop; up = dom[up].parent)
    if (dom[up].tag == tag) return up;
  return Dom::none;
}

bool has_one_cell(const Dom& dom, Index row) {
  int cells = 0;
  for (Index at = row + 1; at < dom[row].end && cells < 2; at = dom[at].end)
    cells += dom[at].tag == GUMBO_TAG_TD || dom[at].tag == GUMBO_TAG_TH ? 1 : 0;
  return cells == 1;
}

std::string shape_of(const Dom& dom, const TextBlock& block, Index stop) {
  std::string out;
  std::size_t depth = 0;
  for (auto up = block.owner; up != Dom::none && up != stop && depth < deepest_shape;
       up = dom[up].parent, ++depth) {
    out += dom.type(up);
    for (const auto* name : {"class", "style", "align"}) {
      out += '|';
      out += dom.attribute(up, name);
    }
    out += '/';
  }
  if (wholly_in(dom, block, GUMBO_TAG_EM, GUMBO_TAG_I)) out += "italic";
  if (wholly_in(dom, block, GUMBO_TAG_SMALL, GUMBO_TAG_FONT)) out += "small";
  return out;
}

std::string type_and_class(const Dom& dom, Index at) {
  return dom.type(at) + '.' + std::string(dom.attribute(at, "class"));
}

Index box_round(const Dom& dom, Index one, Index other) {
  while (one != Dom::none && !dom.contains(one, other)) one = dom[one].parent;
  return one;
}

std::string placing(const Dom& dom, Index at) {
  std::string out(dom.attribute(at, "style"));
  out += dom.attribute(at, "align");
  // Of the classes only words: "items-center" sets out what is inside.
  out += words_of_names(dom.attribute(at, "class"));
  return out;
}

bool is_set_apart(const Dom& dom, const TextBlock& block) {
  return wholly_in(dom, block, GUMBO_TAG_EM, GUMBO_TAG_I) ||
         placing(dom, block.owner).find("center") != std::string::npos;
}

bool begins_with_part_label(std::string_view text) {
  const auto folded = fold_case(clip(text, 24));
  for (const auto* label : {"kỳ ", "bài ", "phần "}) {
    if (!folded.starts_with(label)) continue;
    const auto rest = std::string_view(folded).substr(std::string_view(label).size());
    if (rest.starts_with("cuối") || rest.starts_with("tiếp") ||
        (!rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front())) != 0))
      return true;
  }
  return false;
}

std::uint32_t length_of(const TextBlock& block) {
  return std::max(block.chars / 6, block.cjk_chars / 2);
}

}  // namespace tinwatch::parsers
