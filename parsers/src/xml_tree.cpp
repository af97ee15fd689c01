#include "xml_tree.hpp"

#include "core/text.hpp"

#include <climits>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

namespace tinwatch::parsers {

namespace {

constexpr std::size_t longest_entity = 10;  // with its &: "thetasym" is the longest of HTML 4

/// What feeds get wrong and recovery would lose text over: HTML's entities, a bare `&`, control
/// characters, lines before the document. ASCII-transparent, so the declared charset does not
/// matter (but for UTF-16, which is left alone).
std::string mend(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return std::string(text);
  text.remove_prefix(std::min(text.find('<'), text.size()));
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      out += ' ';
      continue;
    }
    // A CDATA section holds text as it is.
    if (c == '<' && text.substr(at).starts_with("<![CDATA[")) {
      const auto close = std::min(text.find("]]>", at), text.size());
      out += text.substr(at, close - at);
      at = close - 1;
      continue;
    }
    if (c != '&') {
      out += c;
      continue;
    }
    const auto near = text.substr(at, longest_entity + 1).find(';');
    const auto end = near == std::string_view::npos ? near : at + near;
    const auto name = end == std::string_view::npos || end - at > longest_entity
                          ? std::string()
                          : std::string(text.substr(at + 1, end - at - 1));
    const bool predefined = name == "amp" || name == "lt" || name == "gt" || name == "quot" ||
                            name == "apos" || name.starts_with('#');
    const auto* html = name.empty() || predefined
                           ? nullptr
                           : htmlEntityLookup(reinterpret_cast<const unsigned char*>(name.c_str()));
    if (predefined) {
      out += c;
    } else if (html) {
      out += "&#" + std::to_string(html->value) + ';';
      at = end;
    } else {
      out += "&amp;";
    }
  }
  return out;
}

}  // namespace

XmlDocument read_xml(std::string_view raw, const std::string& url) {
  if (raw.size() > INT_MAX / 4) return nullptr;
  const auto text = mend(raw);
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
