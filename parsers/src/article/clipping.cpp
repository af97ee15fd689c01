#include "article/clipping.hpp"

#include "core/text.hpp"

namespace tinwatch::parsers {
namespace {

void cut(std::string& text, std::size_t most, ArticleRecord& record) {
  if (text.size() <= most) return;
  text.resize(trim(clip(text, most)).size());
  record.truncated = true;
}

class Clipper {
 public:
  explicit Clipper(ArticleRecord& record) : record_(record) {}

  void run() {
    body();
    for (auto* text :
         {&record_.headline, &record_.alternative_headline, &record_.description, &record_.dateline,
          &record_.site_name, &record_.in_language, &record_.source_organization,
          &record_.correction, &record_.license, &record_.robots_meta, &record_.identifier})
      field(*text);
    for (auto* list : {&record_.article_section, &record_.author, &record_.keywords}) texts(*list);
    for (auto* date : {&record_.date_published, &record_.date_modified})
      if (*date) field((*date)->raw);
    for (auto& image : record_.image) {
      field(image.caption);
      field(image.credit_text);
    }
    for (auto& item : record_.related_items) {
      field(item.headline);
      field(item.description);
    }
    if (record_.series) series(*record_.series);
    if (record_.publisher) publisher(*record_.publisher);
  }

 private:
  void body() {
    std::size_t left = most_text;
    if (record_.body.size() > most_blocks) {
      record_.body.resize(most_blocks);
      record_.truncated = true;
    }
    for (std::size_t i = 0; i < record_.body.size(); ++i) {
      auto& text = record_.body[i].text;
      cut(text, left, record_);
      left -= text.size();
      if (left > 0 && !text.empty()) continue;
      const auto kept = i + (text.empty() ? 0 : 1);
      record_.truncated = record_.truncated || kept < record_.body.size();
      record_.body.resize(kept);
    }
  }

  void series(Series& series) {
    for (auto* text : {&series.name, &series.part_label, &series.part_title, &series.next_label,
                       &series.next_title})
      field(*text);
  }

  void publisher(Publisher& publisher) {
    for (auto* text : {&publisher.name, &publisher.parent_organization, &publisher.license_number,
                       &publisher.address, &publisher.editor_in_chief,
                       &publisher.deputy_editor_in_chief, &publisher.copyright_notice})
      field(*text);
    texts(publisher.email);
  }

  void texts(std::vector<std::string>& all) {
    if (all.size() > most_values) {
      all.resize(most_values);
      record_.truncated = true;
    }
    for (auto& text : all) field(text);
  }

  void field(std::string& text) { clip_field(text, record_); }

  ArticleRecord& record_;
};

}  // namespace

void clip_field(std::string& text, ArticleRecord& record) { cut(text, longest_field, record); }

void clip_text(ArticleRecord& record) { Clipper(record).run(); }

}  // namespace tinwatch::parsers
