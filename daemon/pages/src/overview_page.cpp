#include "overview_page.hpp"

#include "source_rows.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::pages {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_rows = 20;  // of a part

bool is_takedown(EventType type) {
  return type == EventType::article_removed || type == EventType::article_missing;
}

/// The severity of an edit ranks it: a corrected fact stands above a typo.
Severity weight_of(const Event& event) {
  try {
    return severity_of(EventType::article_revised, subject_of(event.data).change);
  } catch (const std::exception&) {
    return Severity::low;  // a damaged row is named where it is shown
  }
}

}  // namespace

OverviewView overview_of(const storage::Reader& reader, Instant now) {
  OverviewView out;
  const auto stored = reader.overview(now);
  out.has_sources = !stored.sources.empty();
  for (const auto& source : stored.sources) {
    out.articles += source.articles;
    if (source.active && is_in_trouble(source)) out.sources.push_back(source);
  }
  for (const auto& receiver : stored.outbox)
    if (receiver.disabled || receiver.dead > 0) out.receivers.push_back(receiver);
  const auto news = reader.stream(0, storage::EventPage::most_looked_at, [](const Event& event) {
    return event.discovery == Discovery::live;
  });
  out.has_changes = !news.events.empty();
  std::vector<std::pair<Severity, const Event*>> edits;
  for (const auto& event : news.events) {
    const auto type = event_type_from(event.type);
    if (!type) continue;
    if (*type == EventType::watch_hit && out.hits.size() < most_rows) out.hits.push_back(event);
    if (*type == EventType::article_revised && now - event.at < 24h)
      edits.emplace_back(weight_of(event), &event);
    if (is_takedown(*type) && now - event.at < 7 * 24h && out.takedowns.size() < most_rows)
      out.takedowns.push_back(event);
  }
  std::stable_sort(edits.begin(), edits.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [weight, event] : edits)
    if (out.edits.size() < most_rows) out.edits.push_back(*event);
  return out;
}

api::Reply overview_page(const OverviewView& overview, const Manner& manner) {
  std::vector<std::string> damaged;
  View view;
  View parts(View::type::list);
  const auto part = [&](std::string_view name, const std::string& older,
                        const std::vector<Event>& events) {
    if (events.empty()) return;
    View out;
    out.set("heading", manner.say(name));
    out.set("older", older);
    out.set("events", event_views(events, manner, damaged));
    parts << out;
  };
  part("newest_hits", "/stream?type=tinwatch.watch.hit", overview.hits);
  part("edits_today", "/stream?type=tinwatch.article.revised", overview.edits);
  part("takedowns", "/stream?type=tinwatch.article.removed", overview.takedowns);
  view.set("parts", parts);
  view.set("articles", std::to_string(overview.articles));
  if (!overview.has_sources) view.set("no_sources", true);
  if (overview.has_sources && !overview.has_changes) view.set("first_day", true);
  put_list(view, "sources", source_views(overview.sources, manner));
  put_list(view, "receivers", receiver_views(overview.receivers, manner));
  auto reply = render("overview", view, manner.say("overview"), "/", manner);
  reply.damaged = std::move(damaged);
  return reply;
}

}  // namespace tinwatch::pages
