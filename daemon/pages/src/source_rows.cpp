#include "source_rows.hpp"

#include "core/text.hpp"

namespace tinwatch::pages {
namespace {

/// In words, and since when.
struct Condition {
  std::string_view name = "fine";
  std::optional<Instant> since;
};

Condition condition_of(const storage::SourceView& source) {
  if (!source.active) return {.name = "inactive"};
  if (source.unreachable_since) return {"unreachable", source.unreachable_since};
  if (source.drifted_since) return {"drifted", source.drifted_since};
  if (source.silent_since) switch (source.silent_reason) {
      case SilentReason::nothing_new: return {"silent", source.silent_since};
      case SilentReason::no_articles: return {"no_articles", source.silent_since};
      case SilentReason::feed_cut: return {"feed_cut", source.silent_since};
    }
  return {};
}

}  // namespace

bool is_in_trouble(const storage::SourceView& source) {
  return condition_of(source).since.has_value() || !source.last_success_at;
}

View source_view(const storage::SourceView& source, const Manner& manner) {
  const auto condition = condition_of(source);
  const auto name = percent_encode(source.name);
  View row;
  row.set("name", source.name);
  row.set("title", line_of(source.title.empty() ? source.name : source.title));
  row.set("articles", std::to_string(source.articles));
  row.set("page", "/sources/" + name);
  row.set("stream", "/stream?source=" + name);
  row.set("condition", manner.say(condition.name));
  row.set("trouble", is_in_trouble(source));
  put_time(row, "since", condition.since, manner);
  put_time(row, "last_read", source.last_success_at, manner);
  put_time(row, "last_new", source.last_new_article_at, manner);
  return row;
}

View source_views(const std::vector<storage::SourceView>& sources, const Manner& manner) {
  View out(View::type::list);
  for (const auto& source : sources) out << source_view(source, manner);
  return out;
}

View receiver_views(const std::vector<storage::OutboxView>& receivers, const Manner& manner) {
  View out(View::type::list);
  for (const auto& receiver : receivers) {
    View row;
    row.set("name", receiver.receiver);
    row.set("pending", std::to_string(receiver.pending));
    row.set("dead", std::to_string(receiver.dead));
    row.set("disabled", receiver.disabled);
    put_time(row, "oldest", receiver.oldest, manner);
    out << row;
  }
  return out;
}

api::Reply sources_page(const storage::Reader& reader, const Manner& manner) {
  const auto overview = reader.overview(manner.now);
  View view;
  view.set("no_sources", overview.sources.empty());
  put_list(view, "sources", source_views(overview.sources, manner));
  return render("sources", view, manner.say("sources"), "/sources", manner);
}

}  // namespace tinwatch::pages
