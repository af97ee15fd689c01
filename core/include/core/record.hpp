#pragma once

#include "core/time.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The article record of docs/article-record.md: names of schema.org NewsArticle where it has them.
namespace tinwatch {

inline constexpr int record_schema_version = 1;

enum class BlockType {
  lead,
  paragraph,
  subheading,
  caption,
  quote,
  list,
  table,
  embed,
  byline,
  series_link
};
[[nodiscard]] std::string_view label(BlockType type);

struct Block {
  BlockType type = BlockType::paragraph;
  std::string text;
  friend bool operator==(const Block&, const Block&) = default;
};

struct Image {
  std::string url;  ///< absolute
  std::string caption;
  std::string credit_text;
  friend bool operator==(const Image&, const Image&) = default;
};

/// A teaser printed beside the article. Outside the body and outside every match.
struct RelatedItem {
  std::string headline;
  std::string url;
  std::string date_published;  ///< RFC 3339 or reduced, as `PrintedDate::text` gives it
  std::string description;
  friend bool operator==(const RelatedItem&, const RelatedItem&) = default;
};

enum class DatePrecision { second, minute, hour, day, month, year };
[[nodiscard]] std::string_view label(DatePrecision precision);

/// A date as a page prints it.
struct PrintedDate {
  OffsetTime time;
  std::string raw;  ///< verbatim
  DatePrecision precision = DatePrecision::second;

  /// RFC 3339 with the printed offset, or reduced to day, month or year.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const PrintedDate&, const PrintedDate&) = default;
};

/// Who is answerable for the paper, as its imprint prints it.
struct Publisher {
  std::string name;
  std::string parent_organization;
  std::string license_number;
  std::string license_date;  ///< ISO 8601
  std::string address;
  std::string editor_in_chief;
  std::string deputy_editor_in_chief;
  std::vector<std::string> email;
  std::string copyright_notice;
  friend bool operator==(const Publisher&, const Publisher&) = default;
};

/// The article's place among its parts: "Title (Kỳ 1): Part title".
struct Series {
  std::string name;
  std::string part_label;
  std::optional<int> position;
  std::string part_title;
  std::string next_label;
  std::string next_title;
  friend bool operator==(const Series&, const Series&) = default;
};

/// What a news page says, once the furniture is gone. Text is UTF-8, NFC, single-spaced; an empty
/// field means the page does not print it.
struct ArticleRecord {
  std::string url;            ///< as fetched, after redirects
  std::string canonical_url;  ///< as the site declares or the profile normalises it
  std::string identifier;     ///< the site's own id of the article
  std::string page_type = "NewsArticle";
  std::string in_language;  ///< BCP 47
  std::string site_name;
  std::string headline;
  std::string alternative_headline;
  std::vector<std::string> article_section;  ///< root first
  std::optional<PrintedDate> date_published;
  std::optional<PrintedDate> date_modified;  ///< a reading, never part of a revision
  std::string dateline;                      ///< without brackets
  std::string description;                   ///< the lead, without the dateline
  std::vector<std::string> author;
  std::string source_organization;  ///< whom the paper took it from
  std::optional<Publisher> publisher;
  std::optional<Series> series;
  std::string correction;  ///< a printed correction note
  std::vector<Image> image;
  std::vector<Block> body;
  std::vector<std::string> keywords;
  std::optional<std::int64_t> view_count;     ///< a reading
  std::optional<std::int64_t> comment_count;  ///< a reading
  bool has_audio_reader = false;
  std::optional<bool> is_accessible_for_free;  ///< as declared
  std::string license;                         ///< as declared
  std::string robots_meta;                     ///< as declared
  std::vector<RelatedItem> related_items;
  bool truncated = false;                         ///< the page has more text than is kept
  std::map<std::string, std::string> provenance;  ///< field -> json-ld, opengraph, meta, text...

  /// Lead, paragraphs, subheadings, quotes, lists and tables, joined by a blank line.
  [[nodiscard]] std::string article_body() const;
};

/// One field of the editorial state: the text whose change makes a revision.
struct EditorialField {
  std::string name;
  std::string text;
  friend bool operator==(const EditorialField&, const EditorialField&) = default;
};

/// The fields that make a revision when they change (contract, "Changes and events"), in one order
/// for all records. Readings, related items and layout are not among them.
[[nodiscard]] std::vector<EditorialField> editorial_fields(const ArticleRecord& record);

/// SHA-256 over `editorial_fields`, hexadecimal.
[[nodiscard]] std::string editorial_hash(const ArticleRecord& record);

[[nodiscard]] boost::json::object to_json(const ArticleRecord& record);
/// The same where `editorial_hash(record)` is known.
[[nodiscard]] boost::json::object to_json(const ArticleRecord& record,
                                          const std::string& editorial_hash);
/// The inverse of `to_json`. Throws std::exception on JSON of another shape.
[[nodiscard]] ArticleRecord record_from_json(std::string_view json);

}  // namespace tinwatch
