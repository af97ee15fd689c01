#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tinwatch::parsers {

/// What a page's JSON-LD says; empty fields where it says nothing. Strings are plain text.
struct JsonLd {
  std::string type;  ///< of the article: `NewsArticle`, `Article`...; empty: there is none
  std::string headline;
  std::string alternative_headline;
  std::string date_published;
  std::string date_modified;
  std::string page_published;  ///< of the WebPage
  std::string page_modified;
  std::string body;
  std::string publisher;
  std::string license;
  std::string image;                ///< address of the article's first picture
  std::vector<std::string> author;  ///< names, people and organisations
  std::vector<std::string> section;
  std::vector<std::string> keywords;
  std::vector<std::string> breadcrumb;
  std::optional<bool> is_accessible_for_free;
  std::optional<long long> comment_count;
  bool is_collection = false;  ///< a CollectionPage, ItemList, or SearchResultsPage is declared
  bool is_video = false;       ///< a VideoObject is declared
};

/// What a page is, for telling its own JSON-LD from that of other articles.
struct PageIdentity {
  std::string_view url;
  std::string_view canonical;
  const std::unordered_set<std::string>& titles;  ///< `word_key` of what the page calls itself
};

/// Reads all objects of all scripts: several in one script, in arrays, in `@graph`, with authors by
/// `@id`. Bad JSON ends its script, never the page. An article that says another address and
/// another headline than the page, or stands in a list of articles, is not the page's and says
/// nothing of it.
[[nodiscard]] JsonLd read_json_ld(const std::vector<std::string>& scripts,
                                  const PageIdentity& page);

}  // namespace tinwatch::parsers
