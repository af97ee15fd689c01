#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// What a page's JSON-LD says of its article; empty fields where it says nothing.
struct JsonLdArticle {
  std::string type;  ///< `NewsArticle`, `Article`...
  std::string headline;
  std::string description;
  std::string date_published;
  std::string date_modified;
  std::vector<std::string> author;
};

/// The first article among the objects in `scripts`; nothing when there is none or the JSON is bad.
[[nodiscard]] std::optional<JsonLdArticle> read_json_ld(const std::vector<std::string>& scripts);

}  // namespace tinwatch::parsers
