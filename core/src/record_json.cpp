// The record as JSON, there and back: what is stored, printed and served.
#include "core/record.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>

#include <array>
#include <stdexcept>

namespace tinwatch {
namespace {

namespace json = boost::json;

constexpr std::array all_blocks = {
    BlockType::lead,   BlockType::paragraph,  BlockType::subheading, BlockType::caption,
    BlockType::quote,  BlockType::list,       BlockType::table,      BlockType::embed,
    BlockType::byline, BlockType::series_link};
constexpr std::array all_precisions = {DatePrecision::second, DatePrecision::minute,
                                       DatePrecision::hour,   DatePrecision::day,
                                       DatePrecision::month,  DatePrecision::year};

template <class Enum, std::size_t n>
Enum from_label(const std::array<Enum, n>& all, std::string_view text) {
  for (const auto value : all)
    if (label(value) == text) return value;
  throw std::runtime_error("unknown word '" + std::string(text) + "' in a stored record");
}

void put(json::object& out, std::string_view name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

json::array strings(const std::vector<std::string>& values) {
  return json::array(values.begin(), values.end());
}

std::string text_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> texts_at(const json::object& in, std::string_view name) {
  std::vector<std::string> out;
  if (const auto* value = in.if_contains(name))
    for (const auto& item : value->as_array()) out.emplace_back(item.as_string());
  return out;
}

void put_date(json::object& out, const std::string& name, const std::optional<PrintedDate>& date) {
  if (!date) return;
  out[name] = date->text();
  out[name + "Raw"] = date->raw;
  out[name + "Precision"] = label(date->precision);
}

std::optional<PrintedDate> date_at(const json::object& in, const std::string& name) {
  auto text = text_at(in, name);
  if (text.empty()) return std::nullopt;
  PrintedDate date{.raw = text_at(in, name + "Raw")};
  date.precision = from_label(all_precisions, text_at(in, name + "Precision"));
  if (date.precision == DatePrecision::year) text += "-01";
  if (date.precision >= DatePrecision::month) text += "-01";
  const auto time = parse_iso8601(text);
  if (!time) throw std::runtime_error("bad date '" + text + "' in a stored record");
  date.time = *time;
  return date;
}

json::object publisher_json(const Publisher& publisher) {
  json::object out;
  put(out, "name", publisher.name);
  put(out, "parentOrganization", publisher.parent_organization);
  put(out, "licenseNumber", publisher.license_number);
  put(out, "licenseDate", publisher.license_date);
  put(out, "address", publisher.address);
  put(out, "editorInChief", publisher.editor_in_chief);
  put(out, "deputyEditorInChief", publisher.deputy_editor_in_chief);
  if (!publisher.email.empty()) out["email"] = strings(publisher.email);
  put(out, "copyrightNotice", publisher.copyright_notice);
  return out;
}

Publisher publisher_from(const json::object& in) {
  return {.name = text_at(in, "name"),
          .parent_organization = text_at(in, "parentOrganization"),
          .license_number = text_at(in, "licenseNumber"),
          .license_date = text_at(in, "licenseDate"),
          .address = text_at(in, "address"),
          .editor_in_chief = text_at(in, "editorInChief"),
          .deputy_editor_in_chief = text_at(in, "deputyEditorInChief"),
          .email = texts_at(in, "email"),
          .copyright_notice = text_at(in, "copyrightNotice")};
}

json::object series_json(const Series& series) {
  json::object out;
  put(out, "name", series.name);
  put(out, "partLabel", series.part_label);
  if (series.position) out["position"] = *series.position;
  put(out, "partTitle", series.part_title);
  put(out, "nextLabel", series.next_label);
  put(out, "nextTitle", series.next_title);
  return out;
}

Series series_from(const json::object& in) {
  Series series{.name = text_at(in, "name"),
                .part_label = text_at(in, "partLabel"),
                .part_title = text_at(in, "partTitle"),
                .next_label = text_at(in, "nextLabel"),
                .next_title = text_at(in, "nextTitle")};
  if (const auto* position = in.if_contains("position"))
    series.position = position->to_number<int>();
  return series;
}

std::optional<std::int64_t> number_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  if (!value) return std::nullopt;
  return value->to_number<std::int64_t>();
}

}  // namespace

json::object to_json(const ArticleRecord& record) {
  return to_json(record, editorial_hash(record));
}

json::object to_json(const ArticleRecord& record, const std::string& editorial_hash) {
  json::object out;
  out["schemaVersion"] = record_schema_version;
  put(out, "url", record.url);
  put(out, "canonicalUrl", record.canonical_url);
  put(out, "identifier", record.identifier);
  put(out, "pageType", record.page_type);
  put(out, "inLanguage", record.in_language);
  put(out, "siteName", record.site_name);
  put(out, "headline", record.headline);
  put(out, "alternativeHeadline", record.alternative_headline);
  if (!record.article_section.empty()) out["articleSection"] = strings(record.article_section);
  put_date(out, "datePublished", record.date_published);
  put_date(out, "dateModified", record.date_modified);
  put(out, "dateline", record.dateline);
  put(out, "description", record.description);
  if (!record.author.empty()) {
    auto& authors = out["author"].emplace_array();
    for (const auto& name : record.author) authors.push_back(json::object{{"name", name}});
  }
  put(out, "sourceOrganization", record.source_organization);
  if (record.publisher) out["publisher"] = publisher_json(*record.publisher);
  if (record.series) out["series"] = series_json(*record.series);
  put(out, "correction", record.correction);
  if (!record.image.empty()) {
    auto& images = out["image"].emplace_array();
    for (const auto& image : record.image) {
      json::object item;
      put(item, "url", image.url);
      put(item, "caption", image.caption);
      put(item, "creditText", image.credit_text);
      images.push_back(std::move(item));
    }
  }
  if (!record.body.empty()) {
    auto& body = out["body"].emplace_array();
    for (const auto& block : record.body)
      body.push_back(json::object{{"type", label(block.type)}, {"text", block.text}});
  }
  const auto text = record.article_body();
  put(out, "articleBody", text);
  out["wordCount"] = words(text).size();
  if (record.view_count) out["viewCount"] = *record.view_count;
  if (record.comment_count) out["commentCount"] = *record.comment_count;
  if (record.has_audio_reader) out["hasAudioReader"] = true;
  if (record.is_accessible_for_free) out["isAccessibleForFree"] = *record.is_accessible_for_free;
  put(out, "license", record.license);
  put(out, "robotsMeta", record.robots_meta);
  if (!record.related_items.empty()) {
    auto& items = out["relatedItems"].emplace_array();
    for (const auto& related : record.related_items) {
      json::object item;
      put(item, "headline", related.headline);
      put(item, "url", related.url);
      put(item, "datePublished", related.date_published);
      put(item, "description", related.description);
      items.push_back(std::move(item));
    }
  }
  if (!record.keywords.empty()) out["keywords"] = strings(record.keywords);
  if (record.truncated) out["truncated"] = true;
  if (!record.provenance.empty()) {
    auto& provenance = out["provenance"].emplace_object();
    for (const auto& [field, source] : record.provenance) provenance[field] = source;
  }
  out["editorialHash"] = editorial_hash;
  return out;
}

ArticleRecord record_from_json(std::string_view text) {
  const auto value = json::parse({text.data(), text.size()});
  const auto& in = value.as_object();
  ArticleRecord record;
  record.url = text_at(in, "url");
  record.canonical_url = text_at(in, "canonicalUrl");
  record.identifier = text_at(in, "identifier");
  record.page_type = text_at(in, "pageType");
  record.in_language = text_at(in, "inLanguage");
  record.site_name = text_at(in, "siteName");
  record.headline = text_at(in, "headline");
  record.alternative_headline = text_at(in, "alternativeHeadline");
  record.article_section = texts_at(in, "articleSection");
  record.date_published = date_at(in, "datePublished");
  record.date_modified = date_at(in, "dateModified");
  record.dateline = text_at(in, "dateline");
  record.description = text_at(in, "description");
  if (const auto* authors = in.if_contains("author"))
    for (const auto& author : authors->as_array())
      record.author.push_back(text_at(author.as_object(), "name"));
  if (const auto* images = in.if_contains("image"))
    for (const auto& image : images->as_array()) {
      const auto& item = image.as_object();
      record.image.push_back(
          {text_at(item, "url"), text_at(item, "caption"), text_at(item, "creditText")});
    }
  if (const auto* body = in.if_contains("body"))
    for (const auto& block : body->as_array()) {
      const auto& item = block.as_object();
      record.body.push_back({from_label(all_blocks, text_at(item, "type")), text_at(item, "text")});
    }
  record.keywords = texts_at(in, "keywords");
  record.view_count = number_at(in, "viewCount");
  record.comment_count = number_at(in, "commentCount");
  record.source_organization = text_at(in, "sourceOrganization");
  record.correction = text_at(in, "correction");
  record.license = text_at(in, "license");
  record.robots_meta = text_at(in, "robotsMeta");
  if (const auto* free = in.if_contains("isAccessibleForFree"))
    record.is_accessible_for_free = free->as_bool();
  if (const auto* publisher = in.if_contains("publisher"))
    record.publisher = publisher_from(publisher->as_object());
  if (const auto* series = in.if_contains("series"))
    record.series = series_from(series->as_object());
  record.has_audio_reader = in.contains("hasAudioReader");
  if (const auto* items = in.if_contains("relatedItems"))
    for (const auto& related : items->as_array()) {
      const auto& item = related.as_object();
      record.related_items.push_back({text_at(item, "headline"), text_at(item, "url"),
                                      text_at(item, "datePublished"),
                                      text_at(item, "description")});
    }
  record.truncated = in.contains("truncated");
  if (const auto* provenance = in.if_contains("provenance"))
    for (const auto& [field, source] : provenance->as_object())
      record.provenance[std::string(field)] = std::string(source.as_string());
  return record;
}

}  // namespace tinwatch
