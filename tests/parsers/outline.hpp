#pragma once

#include "core/text.hpp"
#include "html/dom.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace tinwatch::parsers {

/// Sorted: which of them Gumbo read itself is not to be seen.
inline std::set<std::string> attribute_names(const HtmlTree& tree, const Dom::Node& node) {
  std::set<std::string> out;
  const auto& tape = tree.placeholders().attributes;
  for (const auto& one : tape.behind(node.attributes)) out.emplace(tape.name(one));
  if (!node.element) return out;
  const auto& attributes = node.element->attributes;
  for (unsigned i = 0; i < attributes.length; ++i) {
    const auto& shown = *static_cast<const GumboAttribute*>(attributes.data[i]);
    const auto behind = tape.behind(shown);
    for (const auto& one : behind) out.emplace(tape.name(one));
    if (behind.empty()) out.emplace(shown.name);
  }
  return out;
}

/// How deep a tree nests: what the walks from a node up to its root cost.
inline std::size_t depth_of(const Dom& dom) {
  std::vector<std::size_t> depth(dom.size(), 0);
  std::size_t deepest = 0;
  for (Dom::Index i = 1; i < dom.size(); ++i) {
    depth[i] = depth[dom[i].parent] + 1;
    deepest = std::max(deepest, depth[i]);
  }
  return deepest;
}

/// A table brings a body, a row and a cell that need no end tags and are not counted.
inline constexpr std::size_t deepest_tree = 4 * longest_stack;

/// What a reader of the tree sees, a line for each element, with its attributes, and for each text
/// that is not only white space: two trees with one outline give one record.
inline std::string outline(const HtmlTree& tree) {
  const Dom dom(tree);
  std::string out;
  for (Dom::Index i = 0; i < dom.size(); ++i) {
    const auto& node = dom[i];
    const auto text = node.is_text ? squeeze(node.text) : std::string();
    if (node.is_text && text.empty()) continue;
    std::size_t depth = 0;
    for (auto up = node.parent; up != Dom::none; up = dom[up].parent) ++depth;
    out.append(depth, ' ') += node.is_text ? '"' + text : dom.type(i);
    for (const auto& name : attribute_names(tree, node))
      out += ' ' + name + "='" + std::string(dom.attribute(i, name)) + '\'';
    out += '\n';
  }
  return out;
}

}  // namespace tinwatch::parsers
