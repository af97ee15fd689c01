#pragma once

#include "core/types.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// A page as text: decoded to UTF-8, with the URL it was finally served from.
struct Document {
  std::string url;
  std::string html;     ///< valid UTF-8 without a byte order mark
  std::string charset;  ///< the label it was decoded from, for people
  /// When it was fetched: dates printed after it are no dates of publication.
  std::optional<Instant> fetched_at = std::nullopt;
};

/// Decodes a response body to UTF-8: byte order mark, then `content_type`'s charset, then the first
/// 1,024 bytes' <meta> (WHATWG HTML section 13.2.3.2), then what uchardet finds, else windows-1252.
/// A body that is valid UTF-8 with letters outside ASCII is UTF-8 whatever the label says: text in
/// a legacy charset practically never is. Knows windows-1258, VISCII, TCVN5712-1 and TCVN3 (the ABC
/// fonts) beside ICU's charsets, and puts double-encoded UTF-8 right. Invalid bytes become U+FFFD;
/// no page is refused.
[[nodiscard]] Document decode(std::string url, std::string_view content_type,
                              std::string_view body);

}  // namespace tinwatch::parsers
