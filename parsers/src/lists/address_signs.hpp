#pragma once

#include "core/url.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// What an address says by itself of the page behind it.
struct AddressSigns {
  bool home = false;
  bool asset = false;         ///< a picture, a document, a script...
  std::size_t depth = 0;      ///< segments of the path, `index.html` left out
  double slug_words = 0;      ///< of the two last segments, the one with more
  bool dated = false;         ///< a date stands in the path, and a name or a number behind it
  bool archive = false;       ///< the path ends with a date or a year
  bool numbered = false;      ///< a segment, or the end of a slug, is a number of five digits
  bool hashed = false;        ///< a name of letters and digits that no person gave: `c8x4zq1k9v0o`
  bool query_number = false;  ///< a parameter is a number, and not that of a page of a list
  bool page_number = false;   ///< a page of a list: `?page=2`, `/page/2`
  bool topic = false;         ///< a directory of lists: `/tag/…`
  bool mixed = false;         ///< a directory that as often holds articles: `/video/…`
  bool topic_last = false;    ///< the last segment is such a name itself
  bool service = false;       ///< about the site: `/contact`
  bool article_word = false;  ///< a directory or a script of articles: `/story/…`, `article.php`
  std::string path;           ///< host without `www.` and path, decoded, without the last slash
  std::string address_template;  ///< see address_template.hpp
  std::string coarse_template;
};

[[nodiscard]] AddressSigns read_address(const UrlParts& parts);

/// The host without a leading `www.`.
[[nodiscard]] std::string_view bare_host(std::string_view host);

/// A picture, a document, a script...
[[nodiscard]] bool is_asset(std::string_view path);

}  // namespace tinwatch::parsers
