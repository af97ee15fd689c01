#pragma once

#include "html/attribute_tape.hpp"
#include "html/text_tape.hpp"

namespace tinwatch::parsers {

/// Where a page's text, attributes and plain phrases (phrasing.hpp) are left: beside the HTML that
/// Gumbo reads, or in it.
enum class TextPlace { aside, in_html };

/// What stands beside a page's HTML, each with one private-use character in its place: Gumbo reads
/// every character of text as dearly as markup, and builds the same tree of one as of a paragraph
/// (docs/adr/0008-gumbo-reads-the-tags.md).
struct Placeholders {
  TextTape texts;
  AttributeTape attributes;
};

}  // namespace tinwatch::parsers
