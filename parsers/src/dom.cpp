#include "dom.hpp"

#include "core/text.hpp"
#include "hidden_email.hpp"

namespace tinwatch::parsers {
namespace {

const GumboVector* children_of(const GumboNode& node) {
  switch (node.type) {
    case GUMBO_NODE_DOCUMENT: return &node.v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: return &node.v.element.children;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_COMMENT:
    case GUMBO_NODE_WHITESPACE: return nullptr;
  }
  return nullptr;
}

}  // namespace

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR: return false;
    default: return true;  // unlike our own enums, HTML's grows; an unknown element is a block
  }
}

Dom::Dom(const HtmlTree& tree) {
  struct Frame {
    const GumboVector* children;
    unsigned next;
    Index index;
  };
  std::vector<Frame> open;
  const auto add = [&](const GumboNode& node, Index parent) {
    Node entry{.parent = parent};
    switch (node.type) {
      case GUMBO_NODE_ELEMENT:
      case GUMBO_NODE_TEMPLATE:
        entry.tag = node.v.element.tag;
        entry.element = &node.v.element;
        break;
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
      case GUMBO_NODE_WHITESPACE:
        entry.is_text = true;
        entry.text = node.v.text.text;
        break;
      case GUMBO_NODE_DOCUMENT: break;
      case GUMBO_NODE_COMMENT: return;
    }
    const Index index = nodes_.size();
    entry.end = index + 1;
    nodes_.push_back(entry);
    if (entry.tag == GUMBO_TAG_A || entry.tag == GUMBO_TAG_SPAN) {
      auto email = reveal_email(attribute(index, "data-cfemail"));
      if (!email.empty()) {
        nodes_[index].end = index + 2;
        nodes_.push_back({.is_text = true,
                          .parent = index,
                          .end = index + 2,
                          .text = revealed_.emplace_back(std::move(email))});
        return;
      }
    }
    if (const auto* children = children_of(node)) open.push_back({children, 0, index});
  };
  add(tree.root(), none);
  while (!open.empty()) {
    auto& frame = open.back();
    if (frame.next == frame.children->length) {
      nodes_[frame.index].end = nodes_.size();
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(frame.children->data[frame.next++]);
    add(*child, frame.index);  // may move `frame`
  }
}

std::string_view Dom::attribute(Index at, const char* name) const {
  const auto* element = nodes_[at].element;
  if (!element) return {};
  const auto* found = gumbo_get_attribute(&element->attributes, name);
  return found ? std::string_view(found->value) : std::string_view();
}

std::string Dom::names(Index at) const {
  std::string out(attribute(at, "class"));
  out += ' ';
  out += attribute(at, "id");
  return ascii_lower(out);
}

std::string Dom::text(Index at, const std::vector<bool>& skip) const {
  std::string out;
  for (Index i = at; i < nodes_[at].end;) {
    const auto& node = nodes_[i];
    if (!skip.empty() && skip[i] && i != at) {
      i = node.end;
      continue;
    }
    if (node.is_text)
      out += node.text;
    else if (is_block(node.tag) || node.tag == GUMBO_TAG_BR)
      out += ' ';
    ++i;
    // The end of a block separates too; ends are found where the next node is outside of it.
    for (Index up = node.is_text ? node.parent : none;
         up != none && up >= at && nodes_[up].end == i; up = nodes_[up].parent)
      if (is_block(nodes_[up].tag)) out += ' ';
  }
  return squeeze(out);
}

}  // namespace tinwatch::parsers
