#include "core/record.hpp"

#include "core/editorial_state.hpp"
#include "core/hash.hpp"
#include "core/image_identity.hpp"
#include "core/text.hpp"

namespace tinwatch {
namespace {

bool is_body_text(BlockType type) {
  switch (type) {
    case BlockType::lead:
    case BlockType::paragraph:
    case BlockType::subheading:
    case BlockType::quote:
    case BlockType::list:
    case BlockType::table: return true;
    case BlockType::caption:
    case BlockType::embed:
    case BlockType::byline:
    case BlockType::series_link: return false;
  }
  return false;
}

std::string series_text(const std::optional<Series>& series) {
  if (!series) return {};
  return join({series->name, series->part_label, series->part_title, series->next_label,
               series->next_title},
              " | ");
}

}  // namespace

std::string_view label(BlockType type) {
  switch (type) {
    case BlockType::lead: return "lead";
    case BlockType::paragraph: return "paragraph";
    case BlockType::subheading: return "subheading";
    case BlockType::caption: return "caption";
    case BlockType::quote: return "quote";
    case BlockType::list: return "list";
    case BlockType::table: return "table";
    case BlockType::embed: return "embed";
    case BlockType::byline: return "byline";
    case BlockType::series_link: return "series_link";
  }
  return "";
}

std::string_view label(DatePrecision precision) {
  switch (precision) {
    case DatePrecision::second: return "second";
    case DatePrecision::minute: return "minute";
    case DatePrecision::hour: return "hour";
    case DatePrecision::day: return "day";
    case DatePrecision::month: return "month";
    case DatePrecision::year: return "year";
  }
  return "";
}

std::string PrintedDate::text() const {
  std::string full = to_rfc3339(time);
  if (precision == DatePrecision::year) return full.substr(0, 4);
  if (precision == DatePrecision::month) return full.substr(0, 7);
  if (precision == DatePrecision::day) return full.substr(0, 10);
  return full;
}

std::string ArticleRecord::article_body() const {
  std::string out;
  for (const auto& block : body) {
    if (!is_body_text(block.type)) continue;
    if (!out.empty()) out += "\n\n";
    out += block.text;
  }
  return out;
}

std::vector<EditorialField> editorial_fields(const ArticleRecord& record) {
  std::string captions;
  std::string images;
  for (const auto& block : record.body)
    if (block.type == BlockType::caption) captions += block.text + "\n\n";
  for (const auto& image : record.image) {
    if (!image.credit_text.empty()) captions += image.credit_text + "\n\n";
    images += image_identity(image.url) + '\n';
  }
  std::string body;
  for (const auto& block : record.body) {
    if (block.type == BlockType::caption || block.type == BlockType::byline) continue;
    if (!body.empty()) body += "\n\n";
    body += block.text;
  }
  return {
      {"headline", record.headline},
      {"alternativeHeadline", record.alternative_headline},
      {"description", record.description},
      {"body", body},
      {"captions", captions},
      {"author", join(record.author, ", ")},
      {"articleSection", join(record.article_section, " > ")},
      {"series", series_text(record.series)},
      {"datePublished", record.date_published ? record.date_published->text() : ""},
      {"correction", record.correction},
      {"image", images},
  };
}

namespace {

std::string hash_of(const std::vector<EditorialField>& fields) {
  std::string canonical;
  for (const auto& field : fields) {
    canonical += field.name + ':' + std::to_string(field.text.size()) + ':';
    canonical += field.text + '\n';
  }
  return sha256_hex(canonical);
}

}  // namespace

std::string editorial_hash(const ArticleRecord& record) {
  return hash_of(editorial_fields(record));
}

EditorialState::EditorialState(const ArticleRecord& record)
    : fields(editorial_fields(record)), hash(hash_of(fields)) {}

}  // namespace tinwatch
