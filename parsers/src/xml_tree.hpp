#pragma once

#include "core/c_handle.hpp"

#include <libxml/tree.h>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// Frees what libxml2 allocated.
inline void free_xml(xmlDoc* document) { xmlFreeDoc(document); }
using XmlDocument = CHandle<xmlDoc, free_xml>;

/// XML as it comes: read in recovery mode, no network, no entity beyond the predefined ones, nested
/// at most 256 deep (libxml2's own limit). Empty when not even a root could be read.
[[nodiscard]] XmlDocument read_xml(std::string_view text, const std::string& url);

/// The local name, without prefix or namespace.
[[nodiscard]] std::string_view name_of(const xmlNode& node);
/// The text of an element's own text and CDATA children, trimmed.
[[nodiscard]] std::string text_of(const xmlNode& node);
[[nodiscard]] std::string attribute_of(const xmlNode& node, const char* name);

}  // namespace tinwatch::parsers
