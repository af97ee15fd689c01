#include "xml_tree.hpp"

#include "core/text.hpp"

#include <climits>
#include <libxml/parser.h>

namespace tinwatch::parsers {

XmlDocument read_xml(std::string_view text, const std::string& url) {
  if (text.size() > INT_MAX) return nullptr;
  constexpr int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                          XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
  XmlDocument document(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), url.c_str(), nullptr, options));
  if (!document || !xmlDocGetRootElement(document.get())) return nullptr;
  return document;
}

std::string_view name_of(const xmlNode& node) {
  if (node.type != XML_ELEMENT_NODE || !node.name) return {};
  return reinterpret_cast<const char*>(node.name);
}

std::string text_of(const xmlNode& node) {
  std::string out;
  for (const auto* child = node.children; child; child = child->next)
    if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) && child->content)
      out += reinterpret_cast<const char*>(child->content);
  return std::string(trim(out));
}

std::string attribute_of(const xmlNode& node, const char* name) {
  for (const auto* attribute = node.properties; attribute; attribute = attribute->next) {
    if (std::string_view(reinterpret_cast<const char*>(attribute->name)) != name) continue;
    std::string out;
    for (const auto* part = attribute->children; part; part = part->next)
      if (part->type == XML_TEXT_NODE && part->content)
        out += reinterpret_cast<const char*>(part->content);
    return out;
  }
  return {};
}

}  // namespace tinwatch::parsers
