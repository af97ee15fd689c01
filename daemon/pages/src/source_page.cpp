#include "source_page.hpp"

#include "charts.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "source_rows.hpp"
#include "words.hpp"

#include <utility>

namespace tinwatch::pages {
namespace {

std::vector<std::string> hours_of_day() {
  std::vector<std::string> out;
  out.reserve(24);
  for (int hour = 0; hour < 24; ++hour)
    out.push_back((hour < 10 ? "0" : "") + std::to_string(hour) + ":00");
  return out;
}

View rhythm_views(const storage::SourceRhythm& rhythm, const Manner& manner) {
  View out(View::type::list);
  out << chart_view({.heading = manner.say("a_day"),
                     .axis = manner.say("day"),
                     .places = day_names(manner, rhythm.articles.size(), true),
                     .series = {{manner.say("new_articles"), rhythm.articles},
                                {manner.say("edits"), rhythm.edits}}});
  out << chart_view(
      {.heading = manner.say("by_hour"),
       .axis = manner.say("hour"),
       .places = hours_of_day(),
       .series = {{manner.say("published_articles"), {rhythm.hours.begin(), rhythm.hours.end()}}}});
  return out;
}

View fill_views(const storage::FieldFill& fill, const Manner& manner) {
  View out(View::type::list);
  if (fill.articles == 0) return out;
  const std::pair<const char*, std::int64_t> fields[] = {
      {"field_headline", fill.headline}, {"field_datePublished", fill.date},
      {"field_author", fill.author},     {"field_articleSection", fill.section},
      {"field_body", fill.text},         {"field_image", fill.image}};
  for (const auto& [name, have] : fields) {
    View row;
    row.set("field", manner.say(name));
    row.set("have", std::to_string(have));
    row.set("share", std::to_string(100 * have / fill.articles));
    row.set("none", have == 0);
    out << row;
  }
  return out;
}

std::string_view kind_name(TargetKind kind) {
  switch (kind) {
    case TargetKind::listing: return "kind_page";
    case TargetKind::feed: return "kind_feed";
    case TargetKind::sitemap: return "kind_sitemap";
    case TargetKind::article: return "article";
  }
  return "kind_page";
}

/// How the last visit ended, in words.
std::string outcome_in_words(const storage::SourceList& list, const Manner& manner) {
  if (list.outcome.empty()) return manner.say("not_read_yet");
  const auto& all = words(manner.language);
  const auto found = all.find("outcome_" + list.outcome);
  return found == all.end() ? list.outcome : found->second;
}

View list_views(const std::vector<storage::SourceList>& lists, const Manner& manner) {
  View out(View::type::list);
  for (const auto& list : lists) {
    View row;
    row.set("url", line_of(list.url));
    row.set("explain", "/api/v1/explain?url=" + percent_encode(list.url));
    row.set("kind", manner.say(kind_name(list.kind)));
    row.set("is_start", list.is_start);
    row.set("outcome", outcome_in_words(list, manner));
    if (!list.detail.empty()) row.set("detail", line_of(list.detail));
    if (list.failures > 0) row.set("failures", std::to_string(list.failures));
    row.set("trouble", list.failures > 0);
    if (list.succeeded_at && !list.has_named) row.set("names_none", true);
    put_time(row, "read_at", list.succeeded_at, manner);
    put_time(row, "due", list.due_at, manner);
    out << row;
  }
  return out;
}

std::string number_of_articles(const storage::SourceLook& look) {
  const bool are_more = look.source.articles == storage::SourceLook::most_counted;
  return std::to_string(look.source.articles) + (are_more ? "+" : "");
}

}  // namespace

std::optional<SourcePageView> source_of(const storage::Reader& reader, const std::string& name,
                                        const Manner& manner) {
  auto look = storage::look_at_source(reader, name);
  auto rhythm = storage::rhythm_of(
      reader,
      {.source = name, .now = manner.now, .utc_offset = manner.utc_offset, .days = rhythm_days});
  if (!look || !rhythm) return std::nullopt;
  return SourcePageView{.look = std::move(*look), .rhythm = std::move(*rhythm)};
}

api::Reply source_page(const SourcePageView& source, const Manner& manner) {
  const auto& look = source.look;
  const auto name = percent_encode(look.source.name);
  // The same row as on /sources.
  auto view = source_view(look.source, manner);
  view.set("articles", number_of_articles(look));
  view.set("articles_path", "/articles?source=" + name);
  put_time(view, "next_look", look.next_look, manner);
  if (look.source.unreachable_since && !look.unreachable_reason.empty())
    view.set("reason", line_of(look.unreachable_reason));
  else if (look.source.drifted_since && !look.drifted_fields.empty())
    view.set("reason", line_of(look.drifted_fields));
  view.set("charts", rhythm_views(source.rhythm, manner));
  view.set("looked_at", std::to_string(look.fill.articles));
  put_list(view, "fill", fill_views(look.fill, manner));
  put_list(view, "lists", list_views(look.first, manner));
  view.set("lists_in_all", std::to_string(look.lists));
  if (look.failing > 0) view.set("failing", std::to_string(look.failing));
  const auto title = line_of(look.source.title.empty() ? look.source.name : look.source.title);
  return render("source", view, title, "/sources", manner);
}

}  // namespace tinwatch::pages
