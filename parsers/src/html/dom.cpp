#include "html/dom.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t bytes_a_step = 64;

}  // namespace

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML: return true;
    default: return false;  // an unknown element is inline, as in browsers
  }
}

bool has_token(std::string_view tokens, std::string_view token) {
  const auto all = words(tokens);
  return std::any_of(all.begin(), all.end(), [&](auto one) { return iequals(one, token); });
}

std::string plain_text(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return squeeze(html);
  const HtmlTree tree(html);
  const Dom dom(tree);
  return dom.size() == 0 ? std::string() : dom.text(0);
}

std::string Dom::type(Index at) const {
  const auto& node = nodes_[at];
  if (!node.is_element) return {};
  if (node.tag != GUMBO_TAG_UNKNOWN && !node.is_custom) return gumbo_normalized_tagname(node.tag);
  auto name = node.element->original_tag;
  gumbo_tag_from_original_text(&name);
  return ascii_lower({name.data, name.length});
}

std::string_view Dom::read_attribute(Index at, std::string_view name) const {
  const auto& node = nodes_[at];
  const auto& tape = placeholders_.attributes;
  for (const auto& one : tape.behind(node.attributes))
    if (tape.name(one) == name) return tape.value(one);
  if (!node.element) return {};
  const auto& shown = node.element->attributes;
  for (unsigned i = 0; i < shown.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(shown.data[i]);
    const auto behind = tape.behind(attribute);
    for (const auto& one : behind)
      if (tape.name(one) == name) return tape.value(one);
    if (behind.empty() && name == attribute.name) return attribute.value;
  }
  return {};
}

std::string Dom::names(Index at) const {
  std::string out(attribute(at, "class"));
  out += ' ';
  out += attribute(at, "id");
  return ascii_lower(out);
}

std::string Dom::brief_text(Index at, std::size_t most) const {
  std::size_t bytes = 0;
  for (Index i = at; i < nodes_[at].end && bytes <= most; ++i) {
    bytes += nodes_[i].text.size();
    step();
  }
  return bytes > most ? std::string() : text(at);
}

std::string Dom::text(Index at, const Skip& skip) const {
  std::string out;
  for (Index i = at; i < nodes_[at].end;) {
    const auto& node = nodes_[i];
    if (is_out(skip, i) && i != at) {
      i = node.end;
      continue;
    }
    step(1 + node.text.size() / bytes_a_step);
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
