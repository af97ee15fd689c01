#include "event_row.hpp"

#include "api/damaged.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <stdexcept>

namespace tinwatch::pages {
namespace {

constexpr std::size_t words_inline = 15;

std::string first_words(std::string_view text) {
  const auto all = words(text);
  std::string out;
  for (std::size_t i = 0; i < std::min(all.size(), words_inline); ++i) {
    if (i > 0) out += ' ';
    out += all[i];
  }
  return line_of(all.size() > words_inline ? out + " …" : out);
}

}  // namespace

EventRow event_row(const Event& event) {
  const auto type = event_type_from(event.type);
  if (event.is_damaged || !type) throw std::runtime_error("a column holds an unknown word");
  EventRow out{.at = event.at,
               .type = *type,
               .source = event.source,
               .detail = {},
               .subject = subject_of(event.data)};
  if (event.article.empty()) out.detail = line_of(event.data);
  out.subject.article = event.article;
  return out;
}

namespace {

std::string page_of(const EventRow& row) { return "/articles/" + row.subject.article; }

/// Empty: it tells of no edit.
std::string difference_of(const EventRow& row) {
  const auto revision = row.subject.revision.value_or(0);
  if (row.type != EventType::article_revised || revision < 2) return {};
  return page_of(row) + "/diff?from=" + std::to_string(revision - 1) +
         "&to=" + std::to_string(revision);
}

}  // namespace

std::string link_of(const EventRow& row) {
  if (row.subject.article.empty()) return {};
  const auto difference = difference_of(row);
  return difference.empty() ? page_of(row) : difference;
}

View event_view(const EventRow& row, const Manner& manner) {
  const auto& subject = row.subject;
  View out;
  out.set("time", time_view(row.at, manner));
  out.set("kind", row.type == EventType::watch_hit ? "watch" : std::string(word_of(row.type)));
  out.set("what", std::string(word_of(row.type, manner.language)));
  out.set("source", row.source);
  if (!row.detail.empty()) out.set("detail", row.detail);
  if (subject.article.empty()) return out;
  View article;
  article.set("path", page_of(row));
  article.set("headline", line_of(subject.headline));
  out.set("article", article);
  if (!subject.watch.empty()) {
    out.set("watch", line_of(subject.watch));
    out.set("watch_path", "/stream?watch=" + percent_encode(subject.watch_name));
  }
  if (subject.transition)
    out.set("transition", std::string(word_of(*subject.transition, manner.language)));
  if (!subject.sentence.empty()) out.set("sentence", line_of(subject.sentence));
  if (subject.change) out.set("class", std::string(word_of(*subject.change, manner.language)));
  if (!subject.removed.empty()) out.set("removed", first_words(subject.removed));
  if (!subject.added.empty()) out.set("added", first_words(subject.added));
  if (const auto difference = difference_of(row); !difference.empty())
    out.set("difference", difference);
  return out;
}

View event_views(const std::vector<Event>& events, const Manner& manner,
                 std::vector<std::string>& damaged, bool of_one_article) {
  View out(View::type::list);
  for (const auto& event : events)
    api::unless_damaged("event " + std::to_string(event.seq), damaged, [&] {
      auto view = event_view(event_row(event), manner);
      if (of_one_article) {
        view.set("article", false);
        view.set("source", "");
      }
      out << view;
    });
  return out;
}

}  // namespace tinwatch::pages
