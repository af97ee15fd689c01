#include "watch/article_text.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

namespace tinwatch::watch {
namespace {

/// "(" and the like before a dateline.
constexpr std::size_t most_before_dateline = 4;

}  // namespace

ArticleText::ArticleText(const ArticleRecord& record, const EditorialState& state,
                         std::string_view source)
    : url_(record.canonical_url.empty() ? record.url : record.canonical_url),
      source_(source),
      language_(record.in_language) {
  for (const auto& keyword : record.keywords)
    (keywords_ += keywords_.empty() ? "" : "\n\n") += keyword;
  for (std::size_t i = 0; i < field_count; ++i)
    for (const auto& field : state.fields)
      if (field.name == label(static_cast<Field>(i))) texts_[i] = field.text;
  texts_[static_cast<std::size_t>(Field::keywords)] = keywords_;
  if (record.date_published) published_ = record.date_published->time;
  const auto body = texts_[static_cast<std::size_t>(Field::body)];
  if (!record.dateline.empty())
    if (const auto at =
            body.substr(0, record.dateline.size() + most_before_dateline).find(record.dateline);
        at != std::string_view::npos)
      dateline_end_ = at + record.dateline.size();
  look_for_lead();
}

ArticleText::ArticleText(std::vector<EditorialField> fields) : owned_(std::move(fields)) {
  for (auto& field : owned_) {
    field.text = nfc(field.text);
    for (std::size_t i = 0; i < field_count; ++i)
      if (field.name == label(static_cast<Field>(i))) texts_[i] = field.text;
    if (field.name == "url") url_ = field.text;
    if (field.name == "source") source_ = field.text;
    if (field.name == "inLanguage") language_ = field.text;
    if (field.name == "datePublished") published_ = parse_iso8601(field.text);
  }
  look_for_lead();
}

void ArticleText::look_for_lead() {
  const auto lead = texts_[static_cast<std::size_t>(Field::description)];
  const auto body = texts_[static_cast<std::size_t>(Field::body)];
  if (!lead.empty() && body.find(lead) != std::string_view::npos)
    own_fields_ =
        static_cast<FieldSet>(every_field & ~(1U << static_cast<unsigned>(Field::description)));
}

}  // namespace tinwatch::watch
