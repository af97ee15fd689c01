#pragma once

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// A page as text: decoded to UTF-8, with the URL it was finally served from.
struct Document {
  std::string url;
  std::string html;     ///< valid UTF-8 without a byte order mark
  std::string charset;  ///< the label it was decoded from, for people
};

/// Decodes a response body to UTF-8: byte order mark, then `content_type`'s charset, then the first
/// 1,024 bytes' <meta> (WHATWG HTML section 13.2.3.2), else windows-1252. A body that is valid
/// UTF-8 with letters outside ASCII is UTF-8 whatever the label says: text in a legacy charset
/// practically never is. Invalid bytes become U+FFFD; no page is refused.
[[nodiscard]] Document decode(std::string url, std::string_view content_type,
                              std::string_view body);

}  // namespace tinwatch::parsers
