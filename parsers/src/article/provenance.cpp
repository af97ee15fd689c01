#include "article/provenance.hpp"

namespace tinwatch::parsers {

void fill_provenance(const Head& head, const JsonLd& ld, ArticleRecord& record) {
  // What is set already is more exact than these.
  const auto from = [&](const char* field, bool has_value, const char* source) {
    if (has_value) record.provenance.emplace(field, source);
  };
  const auto either = [](bool declared, const char* source) { return declared ? source : "text"; };
  from("canonicalUrl", !record.canonical_url.empty(), head.canonical.empty() ? "url" : "meta");
  from("inLanguage", !record.in_language.empty(), "meta");
  from("siteName", !record.site_name.empty(),
       head.first({"og:site_name"}).empty() ? "meta" : "opengraph");
  from("alternativeHeadline", !record.alternative_headline.empty(),
       either(!ld.alternative_headline.empty(), "json-ld"));
  from("articleSection", !record.article_section.empty(), "text");
  from("keywords", !record.keywords.empty(), ld.keywords.empty() ? "meta" : "json-ld");
  from("image", !record.image.empty(), "text");
  from("dateline", !record.dateline.empty(), "text");
  from("sourceOrganization", !record.source_organization.empty(), "text");
  from("series", record.series.has_value(), "text");
  from("correction", !record.correction.empty(), "text");
  from("publisher", record.publisher.has_value(),
       either(record.publisher && record.publisher->license_number.empty() &&
                  record.publisher->editor_in_chief.empty() &&
                  record.publisher->parent_organization.empty(),
              "json-ld"));
  from("viewCount", record.view_count.has_value(), "text");
  from("commentCount", record.comment_count.has_value(),
       either(ld.comment_count.has_value(), "json-ld"));
  from("hasAudioReader", record.has_audio_reader, "text");
  from("relatedItems", !record.related_items.empty(), "text");
  from("isAccessibleForFree", record.is_accessible_for_free.has_value(), "json-ld");
  from("license", !record.license.empty(), "json-ld");
  from("robotsMeta", !record.robots_meta.empty(), "meta");
}

}  // namespace tinwatch::parsers
