#include "blocks.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr Index largest_cell = 200;  // nodes of a table cell that is a paragraph, not a layout

/// A block that holds no other block: a paragraph, a heading, a caption, a list item, a cell...
struct Leaf {
  Index at = 0;
  Index end = 0;
  std::string text;
  bool has_image = false;
  bool all_emphasised = false;  ///< every letter in <em> or <i>
  bool all_bold = false;        ///< every letter in <strong> or <b>
  bool all_link = false;
  bool right_aligned = false;
  bool centred = false;
};

/// Whether every visible text node of the range has an ancestor, inside the range, of these tags.
bool wholly_in(const Dom& dom, const Leaf& leaf, GumboTag a, GumboTag b) {
  bool any = false;
  for (Index i = leaf.at; i < leaf.end; ++i) {
    if (!dom[i].is_text || squeeze(dom[i].text).empty()) continue;
    any = true;
    Index up = dom[i].parent;
    while (up != Dom::none && up >= leaf.at && dom[up].tag != a && dom[up].tag != b)
      up = dom[up].parent;
    if (up == Dom::none || up < leaf.at) return false;
  }
  return any;
}

Index ancestor(const Dom& dom, Index at, GumboTag tag, Index stop) {
  for (Index up = dom[at].parent; up != Dom::none && up >= stop; up = dom[up].parent)
    if (dom[up].tag == tag) return up;
  return Dom::none;
}

std::string picture_url(const Dom& dom, Index img, const std::string& base) {
  constexpr std::array names = {"data-src", "data-original", "data-large-src", "data-lazy-src",
                                "src"};
  for (const auto* name : names) {
    const auto value = dom.attribute(img, name);
    if (value.empty()) continue;
    if (auto url = resolve_url(base, value)) return *url;
  }
  return {};
}

bool begins_with_part_label(std::string_view text) {
  const auto folded = fold_case(text.substr(0, 24));
  for (const auto* label : {"kỳ ", "bài ", "phần "}) {
    if (!folded.starts_with(label)) continue;
    const auto rest = std::string_view(folded).substr(std::string_view(label).size());
    if (rest.starts_with("cuối") || rest.starts_with("tiếp") ||
        (!rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front())) != 0))
      return true;
  }
  return false;
}

bool is_upper_start(std::string_view word) {
  std::size_t at = 0;
  std::string first;
  append_utf8(first, next_code_point(word, at));
  return fold_case(first) != first;
}

/// One short line of capitalised words without a full stop: a name, or several.
bool looks_like_names(std::string_view text) {
  const auto parts = words(text);
  if (parts.size() < 2 || parts.size() > 10 || text.size() > 120) return false;
  if (std::string_view(".!?:;…").find(text.back()) != std::string_view::npos) return false;
  std::size_t capitalised = 0;
  for (const auto word : parts)
    if (is_upper_start(word) || word == "-" || word == "–") ++capitalised;
  return capitalised == parts.size();
}

bool has_author_class(const Dom& dom, Index at) {
  const auto names = dom.names(at);
  return names.find("author") != std::string::npos || names.find("byline") != std::string::npos;
}

bool has_lead_class(const Dom& dom, Index at) {
  const auto names = dom.names(at);
  for (const auto* word : {"sapo", "lead", "summary", "standfirst", "chapeau"})
    if (names.find(word) != std::string::npos) return true;
  return false;
}

Leaf make_leaf(const Dom& dom, Index at, Index end, std::string text) {
  Leaf leaf{.at = at, .end = end, .text = std::move(text)};
  for (Index i = at; i < end; ++i) leaf.has_image = leaf.has_image || dom[i].tag == GUMBO_TAG_IMG;
  leaf.all_emphasised = wholly_in(dom, leaf, GUMBO_TAG_EM, GUMBO_TAG_I);
  leaf.all_bold = wholly_in(dom, leaf, GUMBO_TAG_STRONG, GUMBO_TAG_B);
  leaf.all_link = wholly_in(dom, leaf, GUMBO_TAG_A, GUMBO_TAG_A);
  std::string style(dom.attribute(at, "style"));
  style += dom.attribute(at, "align");
  style += dom.attribute(at, "class");
  leaf.right_aligned = style.find("right") != std::string::npos;
  leaf.centred = style.find("center") != std::string::npos;
  return leaf;
}

/// Cuts the content into leaves: runs of inline nodes between the starts and ends of blocks.
std::vector<Leaf> leaves_of(const Dom& dom, Index content, const std::vector<bool>& skip) {
  std::vector<Leaf> out;
  Index run_start = Dom::none;
  std::string run;
  Index holder = content;
  const auto flush = [&](Index end) {
    if (run_start == Dom::none) return;
    auto text = squeeze(run);
    // A block with nothing but this run inside is the leaf itself, so that its class counts.
    const bool whole = holder != content && run_start == holder + 1 && dom[holder].end == end;
    auto leaf = make_leaf(dom, whole ? holder : run_start, end, std::move(text));
    if (!leaf.text.empty() || leaf.has_image) out.push_back(std::move(leaf));
    run.clear();
    run_start = Dom::none;
  };
  for (Index i = content + 1; i < dom[content].end;) {
    const auto& node = dom[i];
    // Blocks that ended here end the run.
    while (holder != content && i >= dom[holder].end) {
      flush(dom[holder].end);
      do holder = dom[holder].parent;
      while (holder != content && !is_block(dom[holder].tag));
    }
    if (skip[i]) {
      flush(i);
      i = node.end;
      continue;
    }
    if (!node.is_text && is_block(node.tag)) {
      flush(i);
      holder = i;
      ++i;
      continue;
    }
    if (run_start == Dom::none) run_start = i;
    if (node.is_text)
      run += node.text;
    else if (node.tag == GUMBO_TAG_BR)
      run += ' ';
    ++i;
  }
  flush(dom[content].end);
  return out;
}

BlockType type_of(const Dom& dom, const Leaf& leaf, Index content, const Leaf* before) {
  const auto tag = dom[leaf.at].tag;
  const auto inside = [&](GumboTag wanted) {
    return tag == wanted || ancestor(dom, leaf.at, wanted, content) != Dom::none;
  };
  if (inside(GUMBO_TAG_FIGCAPTION)) return BlockType::caption;
  if (inside(GUMBO_TAG_BLOCKQUOTE)) return BlockType::quote;
  if (inside(GUMBO_TAG_LI)) return BlockType::list;
  if (has_author_class(dom, leaf.at) && leaf.text.size() < 120) return BlockType::byline;
  if (leaf.all_link && begins_with_part_label(leaf.text)) return BlockType::series_link;
  if (leaf.right_aligned && leaf.text.size() < 120) return BlockType::byline;
  const bool after_image = before && before->has_image && before->text.empty();
  if (leaf.all_emphasised && after_image) return BlockType::caption;
  if (dom.names(leaf.at).find("caption") != std::string::npos) return BlockType::caption;
  switch (tag) {
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: return BlockType::subheading;
    default: break;
  }
  if (leaf.all_bold && leaf.text.size() < 200 && leaf.text.back() != '.' && leaf.text.back() != ':')
    return BlockType::subheading;
  return BlockType::paragraph;
}

/// A table's row becomes one block; its cells arrive as leaves.
bool join_row(const Dom& dom, const Leaf& leaf, Index content, std::map<Index, std::size_t>& rows,
              std::vector<Block>& body) {
  const auto row = ancestor(dom, leaf.at, GUMBO_TAG_TR, content);
  if (row == Dom::none || leaf.text.empty()) return false;
  const auto [entry, first] = rows.emplace(row, body.size());
  if (first)
    body.push_back({BlockType::table, leaf.text});
  else
    body[entry->second].text += " | " + leaf.text;
  return true;
}

}  // namespace

Dom::Index find_content(const Dom& dom, const std::vector<bool>& skip, Index headline) {
  std::map<Index, double> scores;
  for (Index i = 0; i < dom.size();) {
    const auto& node = dom[i];
    if (skip[i]) {
      i = node.end;
      continue;
    }
    const bool prose = node.tag == GUMBO_TAG_P || node.tag == GUMBO_TAG_BLOCKQUOTE ||
                       node.tag == GUMBO_TAG_PRE || node.tag == GUMBO_TAG_TD;
    const bool layout_cell = node.tag == GUMBO_TAG_TD && node.end - i > largest_cell;
    if (!prose || layout_cell || node.parent == Dom::none) {
      ++i;
      continue;
    }
    const auto text = dom.text(i, skip);
    std::size_t linked = 0;
    for (Index a = i; a < node.end; ++a)
      if (dom[a].tag == GUMBO_TAG_A) linked += dom.text(a).size();
    const auto own = text.size() - std::min(linked, text.size());
    if (own >= 25) {
      const auto commas = static_cast<double>(std::count(text.begin(), text.end(), ','));
      const double score = 1 + commas + std::min(static_cast<double>(own) / 100.0, 8.0);
      scores[node.parent] += score;
      if (dom[node.parent].parent != Dom::none) scores[dom[node.parent].parent] += score / 2;
    }
    i = node.tag == GUMBO_TAG_TD ? i + 1 : node.end;
  }
  Index best = Dom::none;
  double best_score = 0;
  for (const auto& [at, score] : scores) {
    // The body of an article follows its headline or holds it.
    const bool before = headline != Dom::none && dom[at].end <= headline;
    if (!before && score > best_score) {
      best = at;
      best_score = score;
    }
  }
  return best;
}

Content read_content(const Dom& dom, Index content, const std::vector<bool>& skip,
                     const std::string& url) {
  Content out;
  std::map<Index, std::size_t> rows;
  const auto leaves = leaves_of(dom, content, skip);
  const Leaf* before = nullptr;
  for (const auto& leaf : leaves) {
    for (Index i = leaf.at; i < leaf.end; ++i) {
      if (dom[i].tag != GUMBO_TAG_IMG) continue;
      if (auto picture = picture_url(dom, i, url); !picture.empty())
        out.image.push_back({.url = std::move(picture)});
    }
    if (leaf.text.empty()) {
      before = &leaf;
      continue;
    }
    if (join_row(dom, leaf, content, rows, out.body)) continue;
    auto type = type_of(dom, leaf, content, before);
    if (type == BlockType::caption && !out.image.empty() && out.image.back().caption.empty())
      out.image.back().caption = leaf.text;
    if (has_lead_class(dom, leaf.at)) type = BlockType::lead;
    out.body.push_back({type, leaf.text});
    before = &leaf;
  }
  // A line of names in bold at the very end is a byline, not a subheading of nothing.
  for (auto last = out.body.rbegin(); last != out.body.rend(); ++last) {
    if (last->type == BlockType::series_link) continue;
    if (last->type == BlockType::subheading && looks_like_names(last->text))
      last->type = BlockType::byline;
    break;
  }
  for (const auto& block : out.body)
    if (block.type == BlockType::byline)
      for (auto& name : read_authors(block.text)) out.author.push_back(std::move(name));
  return out;
}

}  // namespace tinwatch::parsers
