#include "article_page.hpp"

#include "core/record.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::pages {
namespace {

constexpr std::size_t most_events = 200;
constexpr std::size_t most_revisions = 100;
constexpr std::size_t most_text_bytes = 60'000;

View revision_view(const storage::RevisionView& revision, const std::string& path, int shown,
                   const Manner& manner) {
  View out;
  out.set("number", std::to_string(revision.number));
  out.set("path", path + "?revision=" + std::to_string(revision.number) + "#text");
  out.set("shown", revision.number == shown);
  out.set("time", time_view(revision.observed_at, manner));
  put_time(out, "not_before", revision.not_before, manner);
  const auto change = boost::json::parse(revision.change).as_object();
  if (revision.number > 1)
    out.set("difference", path + "/diff?from=" + std::to_string(revision.number - 1) +
                              "&to=" + std::to_string(revision.number));
  if (const auto* name = change.if_contains("class"))
    if (const auto change_class = change_class_from(std::string_view(name->as_string())))
      out.set("class", std::string(word_of(*change_class, manner.language)));
  const auto* added = change.if_contains("wordsAdded");
  const auto* removed = change.if_contains("wordsRemoved");
  if (added && removed)
    out.set("words", "+" + std::to_string(added->to_number<std::int64_t>()) + " −" +
                         std::to_string(removed->to_number<std::int64_t>()));
  return out;
}

View text_view(const ArticleRecord& record, bool& is_cut) {
  View out(View::type::list);
  std::size_t bytes = 0;
  for (const auto& block : record.body) {
    bytes += block.text.size();
    is_cut = bytes > most_text_bytes;
    if (is_cut) break;
    View item;
    item.set("text", block.text);
    const auto kind = block.type == BlockType::subheading ? "heading"
                      : block.type == BlockType::quote    ? "quote"
                      : block.type == BlockType::caption  ? "caption"
                                                          : "paragraph";
    item.set(kind, true);
    out << item;
  }
  return out;
}

View copies_view(const std::vector<storage::CopyView>& copies, const Manner& manner) {
  View out(View::type::list);
  for (const auto& copy : copies) {
    View row;
    row.set("path", "/articles/" + copy.id);
    row.set("source", copy.source);
    row.set("headline", line_of(copy.headline));
    row.set("time", time_view(copy.published_at.value_or(copy.first_seen_at), manner));
    out << row;
  }
  return out;
}

/// Since when an article is not there; of its newest event that says so.
std::optional<Instant> status_since(const ArticlePageView& page) {
  if (page.article.status == ArticleStatus::live) return std::nullopt;
  if (page.article.removed_at) return page.article.removed_at;
  for (const auto& event : page.events) {
    const auto type = event_type_from(event.type);
    if (type == EventType::article_missing || type == EventType::article_moved) return event.at;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ArticlePageView> article_of(const storage::Reader& reader,
                                          storage::ArticleView article, int number) {
  auto shown = reader.revision(article.id, number);
  if (!shown) return std::nullopt;
  ArticlePageView out{.article = std::move(article),
                      .revisions = {},
                      .events = {},
                      .copies = {},
                      .shown = std::move(*shown)};
  out.revisions = reader.revisions(out.article.id, most_revisions);
  out.events = reader.events_of(out.article.id, most_events);
  out.copies = reader.copies(out.article.id);
  std::erase_if(out.copies, [&](const auto& copy) { return copy.id == out.article.id; });
  return out;
}

api::Reply article_page(const ArticlePageView& page, const Manner& manner) {
  const auto& article = page.article;
  const auto record = record_from_json(page.shown.record);
  const auto path = "/articles/" + article.id;
  std::vector<std::string> damaged;
  View view;
  view.set("headline", line_of(record.headline));
  view.set("lang", record.in_language);
  view.set("source", article.source);
  view.set("source_path", "/sources/" + percent_encode(article.source));
  view.set("status", manner.say(label(article.status)));
  view.set("is_live", article.status == ArticleStatus::live);
  put_time(view, "since", status_since(page), manner);
  if (record.date_published) view.set("published", line_of(record.date_published->text()));
  if (!record.author.empty()) view.set("authors", line_of(join(record.author, ", ")));
  if (!record.article_section.empty())
    view.set("section", line_of(join(record.article_section, " > ")));
  const auto original = outward(record.url);
  view.set(original.empty() ? "address" : "original", original.empty() ? record.url : original);
  view.set("first_seen", time_view(article.first_seen_at, manner));
  view.set("last_checked", time_view(article.last_checked_at, manner));
  view.set("was_there", article.discovery != Discovery::live);
  view.set("events", event_views(page.events, manner, damaged, /*of_one_article=*/true));
  View revisions(View::type::list);
  for (const auto& revision : page.revisions)
    revisions << revision_view(revision, path, page.shown.number, manner);
  view.set("revisions", revisions);
  view.set("number", std::to_string(page.shown.number));
  bool is_cut = false;
  view.set("text", text_view(record, is_cut));
  if (is_cut) view.set("cut", true);
  put_list(view, "copies", copies_view(page.copies, manner));
  const auto resource = "/api/v1/articles/" + article.id;
  view.set("json", resource + "/revisions/" + std::to_string(page.shown.number));
  view.set("raw", resource + "/revisions/" + std::to_string(page.shown.number) + "/raw");
  view.set("explain", "/api/v1/explain?url=" + percent_encode(record.url));
  auto reply = render("article", view, line_of(record.headline), "/articles", manner);
  reply.damaged = std::move(damaged);
  return reply;
}

api::Reply articles_page(const std::vector<storage::ArticleView>& articles, const std::string& next,
                         const Manner& manner) {
  View view;
  View rows(View::type::list);
  for (const auto& article : articles) {
    View row;
    row.set("path", "/articles/" + article.id);
    row.set("headline", line_of(article.headline));
    row.set("source", article.source);
    row.set("status", manner.say(label(article.status)));
    row.set("is_live", article.status == ArticleStatus::live);
    row.set("time", time_view(article.first_seen_at, manner));
    if (article.head_revision > 1) row.set("revisions", std::to_string(article.head_revision));
    rows << row;
  }
  put_list(view, "rows", rows);
  view.set("none", articles.empty());
  if (!next.empty()) view.set("older", next);
  return render("articles", view, manner.say("articles"), "/articles", manner);
}

}  // namespace tinwatch::pages
