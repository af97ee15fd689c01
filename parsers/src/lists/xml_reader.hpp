#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinwatch::parsers {

struct XmlElement {
  std::string name;  ///< without its prefix, unless that prefix was never declared
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< its own and not its children's, the first MiB

  /// Empty when absent.
  [[nodiscard]] std::string_view attribute(std::string_view wanted) const;
};

/// An element behind those that it stands in, the root first.
using XmlPath = std::span<const XmlElement>;

/// Told of each element at its end, so of children before parents; false: enough was read.
using OnXmlElement = std::function<bool(XmlPath)>;

/// Reads XML (UTF-8) as it comes, without making a tree of it: elements down to five levels are
/// told of, those that are still open at the end too. Sloppy XML is read as far as it goes, nothing
/// is loaded, no entity is expanded beyond the predefined ones and HTML's. Reading ends at 100
/// levels, 256 namespaces in scope, 20,000 different names or 500,000 errors; memory and time are
/// linear. False when not even a root could be read.
bool read_xml(std::string_view text, const OnXmlElement& on_element);

}  // namespace tinwatch::parsers
