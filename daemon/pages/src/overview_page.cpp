#include "overview_page.hpp"

#include "core/text.hpp"
#include "source_rows.hpp"
#include "storage/hits.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::pages {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_rows = 20;  // of a part

bool is_takedown(EventType type) {
  return type == EventType::article_removed || type == EventType::article_missing;
}

/// Takes an edit into account. Its severity ranks it: a corrected fact stands above a typo.
Severity weigh(const Event& event, std::map<ChangeClass, std::int64_t>& classes) {
  try {
    const auto change = subject_of(event.data).change;
    if (change) ++classes[*change];
    return severity_of(EventType::article_revised, change);
  } catch (const std::exception&) {
    return Severity::low;  // a damaged row is named where it is shown
  }
}

View class_views(const std::map<ChangeClass, std::int64_t>& classes, const Manner& manner) {
  std::int64_t most = 0;
  for (const auto& [change, number] : classes) most = std::max(most, number);
  View out(View::type::list);
  for (const auto& [change, number] : classes) {
    View row;
    row.set("class", std::string(word_of(change, manner.language)));
    row.set("path", "/stream?class=" + std::string(label(change)));
    row.set("count", std::to_string(number));
    row.set("share", std::to_string(std::max<std::int64_t>(1, 100 * number / most)));
    out << row;
  }
  return out;
}

}  // namespace

OverviewView overview_of(const storage::Reader& reader, Instant now) {
  OverviewView out;
  const auto stored = reader.overview(now);
  out.open_hits = storage::open_hits(reader);
  if (out.open_hits.size() > most_rows) out.open_hits.resize(most_rows);
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
      edits.emplace_back(weigh(event, out.classes), &event);
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
  View open(View::type::list);
  for (const auto& [watch, count] : overview.open_hits) {
    View item;
    item.set("path", "/hits?watch=" + percent_encode(watch));
    item.set("watch", line_of(watch));
    item.set("count", std::to_string(count));
    open << item;
  }
  put_list(view, "open_hits", open);
  put_list(view, "classes", class_views(overview.classes, manner));
  put_list(view, "sources", source_views(overview.sources, manner));
  put_list(view, "receivers", receiver_views(overview.receivers, manner));
  auto reply = render("overview", view, manner.say("overview"), "/", manner);
  reply.damaged = std::move(damaged);
  return reply;
}

}  // namespace tinwatch::pages
