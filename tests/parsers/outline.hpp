#pragma once

#include "core/text.hpp"
#include "dom.hpp"

#include <string>

namespace tinwatch::parsers {

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
    if (node.element) {
      const auto& attributes = node.element->attributes;
      for (unsigned a = 0; a < attributes.length; ++a) {
        const std::string name = static_cast<const GumboAttribute*>(attributes.data[a])->name;
        out += ' ' + name + "='" + std::string(dom.attribute(i, name.c_str())) + '\'';
      }
    }
    out += '\n';
  }
  return out;
}

}  // namespace tinwatch::parsers
