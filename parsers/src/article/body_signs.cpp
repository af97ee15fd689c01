#include "article/body_signs.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cctype>

namespace tinwatch::parsers {

using Index = Dom::Index;

namespace {

bool is_upper_start(std::string_view word) {
  std::size_t at = 0;
  std::string first;
  append_utf8(first, next_code_point(word, at));
  return fold_case(first) != first;
}

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

bool looks_like_names(std::string_view text) {
  const auto parts = words(text);
  if (parts.size() < 2 || parts.size() > 10 || text.size() > 120) return false;
  for (const std::string_view mark : {".", "!", "?", ":", ";", "…"})
    if (text.ends_with(mark)) return false;
  return std::all_of(parts.begin(), parts.end(), [](std::string_view word) {
    return is_upper_start(word) || word == "-" || word == "–";
  });
}

std::string placing(const Dom& dom, Index at) {
  std::string out(dom.attribute(at, "style"));
  out += dom.attribute(at, "align");
  out += dom.attribute(at, "class");
  return out;
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

}  // namespace tinwatch::parsers
