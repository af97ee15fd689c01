#include "html/dom.hpp"
#include "html/hidden_email.hpp"
#include "html/text_reader.hpp"
#include "rules.hpp"

/// From Gumbo's tree, and what stands beside it, to the array.
namespace tinwatch::parsers {

Dom::Dom(const HtmlTree& tree, WorkBudget* budget)
    : placeholders_(tree.placeholders()), budget_(budget) {
  TextReader texts(placeholders_.texts, written_);
  struct Frame {
    const GumboVector* children;
    unsigned next;
    Index index;
  };
  std::vector<Frame> open;
  const auto visit = [&](const GumboNode& node, Index parent) {
    switch (node.type) {
      case GUMBO_NODE_ELEMENT:
      case GUMBO_NODE_TEMPLATE: {
        const auto& element = node.v.element;
        Node entry{.tag = element.tag, .is_element = true, .parent = parent, .element = &element};
        for (unsigned i = 0; i < element.attributes.length; ++i)
          entry.names |= placeholders_.attributes.names(
              *static_cast<const GumboAttribute*>(element.attributes.data[i]));
        custom_ = custom_ || element.tag == GUMBO_TAG_UNKNOWN;
        const auto index = add(entry);
        if (!add_hidden_email(index)) open.push_back({&element.children, 0, index});
        break;
      }
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
      case GUMBO_NODE_WHITESPACE:
        for (const auto& piece : texts.read(node.v.text.text)) {
          if (piece.elements.empty())
            add_text(piece.text, parent);
          else
            add_phrases(piece.elements, parent);
        }
        break;
      case GUMBO_NODE_DOCUMENT:
        open.push_back({&node.v.document.children, 0, add({.parent = parent})});
        break;
      case GUMBO_NODE_COMMENT: break;
    }
  };
  visit(tree.root(), none);
  while (!open.empty()) {
    auto& frame = open.back();
    if (frame.next == frame.children->length) {
      nodes_[frame.index].end = nodes_.size();
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(frame.children->data[frame.next++]);
    visit(*child, frame.index);  // may move `frame`
  }
  if (custom_ && !is_left_out("custom-blocks")) set_custom_blocks();
}

void Dom::set_custom_blocks() {
  // Whether something is set in a line right inside: text, or an inline element with text.
  std::vector<bool> has_line(nodes_.size(), false);
  std::vector<bool> has_text(nodes_.size(), false);
  for (Index i = nodes_.size(); i-- > 1;) {
    const auto& node = nodes_[i];
    if (node.parent == none) continue;
    const bool text = node.is_text ? node.run.chars > 0 : has_text[i];
    if (!text) continue;
    has_text[node.parent] = true;
    const bool known = node.tag != GUMBO_TAG_UNKNOWN;
    if (node.is_text || (known && !is_block(node.tag))) has_line[node.parent] = true;
  }
  for (Index i = 1; i < nodes_.size(); ++i) {
    auto& node = nodes_[i];
    if (!node.is_element || node.tag != GUMBO_TAG_UNKNOWN || !node.element || !has_text[i] ||
        node.parent == none || has_line[node.parent])
      continue;
    const auto above = nodes_[node.parent].tag;
    if (!is_block(above) || above == GUMBO_TAG_P || is_heading(above)) continue;
    if (type(i).find('-') == std::string::npos) continue;
    node.tag = GUMBO_TAG_DIV;
    node.is_custom = true;
  }
}

Dom::Index Dom::add(const Node& node) {
  nodes_.push_back(node);
  nodes_.back().end = nodes_.size();
  return nodes_.size() - 1;
}

void Dom::add_text(std::string_view text, Index parent) {
  add({.is_text = true, .parent = parent, .text = text, .run = measure(text)});
}

void Dom::add_phrases(std::span<const TextTape::Step> steps, Index parent) {
  using Kind = TextTape::Step::Kind;
  std::vector<Index> open = {parent};
  std::size_t hidden = 0;  // elements that are open in one whose content is not shown, and that one
  for (const auto& step : steps) {
    switch (step.kind) {
      case Kind::open: {
        if (hidden > 0) {
          ++hidden;
          break;
        }
        const auto index = add({.tag = step.tag,
                                .is_element = true,
                                .parent = open.back(),
                                .attributes = step.attributes,
                                .names = placeholders_.attributes.names(step.attributes)});
        if (add_hidden_email(index))
          hidden = 1;
        else
          open.push_back(index);
        break;
      }
      case Kind::text:
        if (hidden == 0) add_text(placeholders_.texts.text(step), open.back());
        break;
      case Kind::close:
        if (hidden > 0) {
          --hidden;
          break;
        }
        nodes_[open.back()].end = nodes_.size();
        open.pop_back();
        break;
    }
  }
}

bool Dom::add_hidden_email(Index at) {
  if (nodes_[at].tag != GUMBO_TAG_A && nodes_[at].tag != GUMBO_TAG_SPAN) return false;
  auto email = reveal_email(attribute(at, "data-cfemail"));
  if (email.empty()) return false;
  add_text(written_.emplace_back(std::move(email)), at);
  nodes_[at].end = nodes_.size();
  return true;
}

}  // namespace tinwatch::parsers
