#pragma once

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// A feed or a sitemap as UTF-8 without a byte order mark: decoded as pages are, where the XML
/// declaration says what a page's header would.
[[nodiscard]] std::string decode_xml(std::string_view body);

/// XML, which has to be valid UTF-8, in a form that libxml2 reads in linear time and without losing
/// text. Mended: HTML's entities, a bare `&` or `<`, control characters, references to characters
/// that XML has not, lines before the document. Left out: the XML declaration, comments, processing
/// instructions and the DOCTYPE (so that no entity can be declared), and what follows the 400th
/// attribute of a tag, because libxml2 compares each with each. At most three times as long as
/// `text`; linear.
[[nodiscard]] std::string mend_xml(std::string_view text);

}  // namespace tinwatch::parsers
