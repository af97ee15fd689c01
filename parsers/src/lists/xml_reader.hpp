#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinwatch::parsers {

struct XmlElement {
  std::string name;    ///< without its prefix
  std::string prefix;  ///< empty: none
  std::string space;   ///< the namespace that the prefix, or its absence, stands for; else empty
  std::vector<std::pair<std::string, std::string>> attributes;  ///< names as written
  /// Its own, the first MiB; inside of a record with that of the elements in it, as a reader sees
  /// it.
  std::string text;

  /// Empty when absent.
  [[nodiscard]] std::string_view attribute(std::string_view wanted) const;
};

/// An element behind those that it stands in, the root first.
using XmlPath = std::span<const XmlElement>;

/// Told of each element at its end, so of children before parents; false: enough was read.
using OnXmlElement = std::function<bool(XmlPath)>;

using XmlNames = std::span<const std::string_view>;

/// What a document repeats, and what may stand around it: a record never stands in another one,
/// whatever was left open before it.
struct XmlShape {
  XmlNames records;  ///< `item`, `entry`
  XmlNames parents;  ///< `channel`, `feed`...
  XmlNames fields;   ///< of a record: `title`, `link`...
  /// Those without markup in them: where the next field begins, an open one ends.
  XmlNames leaves;
};

struct XmlOutcome {
  bool had_root = false;
  std::size_t records = 0;    ///< that were told of, or would have been
  std::size_t broken_at = 0;  ///< the line of the first fault that is no mere sloppiness; 0: none
};

/// Reads XML (valid UTF-8) as it comes, without making a tree of it: elements down to five levels
/// are told of, those that are still open at the end too. No error ends it: elements that are not
/// closed end with the one around them or before the next record, tags that close nothing are
/// passed over, a bare `&` or `<` is text, HTML's entities are known, control characters are
/// blanks. Nothing is loaded and nothing declared is expanded. Comments, processing instructions
/// and the DOCTYPE are passed over. Of a tag 400 attributes are kept, of the namespaces in scope
/// 64; elements below the hundredth level are text. Linear in time; memory is a few MiB.
XmlOutcome read_xml(std::string_view text, const XmlShape& shape, const OnXmlElement& on_element);

}  // namespace tinwatch::parsers
