#include "watches_page.hpp"

#include "charts.hpp"
#include "choices.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "pages/answer.hpp"
#include "storage/hits.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tinwatch::pages {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_rows = 100;
constexpr std::size_t days_of_list = 7;
constexpr std::size_t days_of_watch = 30;
constexpr std::size_t longest_query = 2000;  // shown of one, in bytes

std::string text_of(std::int64_t open) {
  return std::to_string(open) + (open == storage::HitCounts::most ? "+" : "");
}

/// What the list and the watch's own page say alike.
View facts_view(const api::WatchInfo& watch, const storage::HitCounts& counts,
                const Manner& manner) {
  const auto name = percent_encode(watch.name);
  View out;
  out.set("name", watch.name);
  out.set("title", line_of(watch.title));
  out.set("path", "/watches/" + name);
  out.set("origin", manner.say(watch.is_own ? "made_here" : "of_configuration"));
  if (watch.phrases > 0) out.set("phrases", std::to_string(watch.phrases));
  out.set("count",
          std::to_string(std::accumulate(counts.days.begin(), counts.days.end(), std::int64_t{0})));
  if (counts.open > 0) out.set("open", text_of(counts.open));
  out.set("hits_path", "/hits?watch=" + name);
  if (!watch.receivers.empty()) out.set("receivers", line_of(join(watch.receivers, ", ")));
  put_time(out, "snoozed", watch.snoozed_until(manner.now), manner);
  if (!watch.fault.empty()) out.set("fault", line_of(watch.fault));
  return out;
}

View snooze_times(const Manner& manner) {
  View out(View::type::list);
  for (const std::string time : {"1h", "4h", "1d", "7d"})
    out << choice(time, manner.say("for_" + time), false);
  return out;
}

}  // namespace

api::Reply watches_page(const storage::Reader& reader, const WatchRoom& room,
                        const WatchAnswer& answer) {
  const auto& manner = room.manner;
  const auto& all = room.list.watches;
  auto at = std::upper_bound(
      all.begin(), all.end(), room.after,
      [](const std::string& wanted, const api::WatchInfo& watch) { return wanted < watch.name; });
  View rows(View::type::list);
  for (std::size_t shown = 0; at != all.end() && shown < most_rows; ++shown, ++at) {
    const auto counts = storage::hit_counts(reader, at->name, manner.now, days_of_list);
    auto row = facts_view(*at, counts, manner);
    if (!at->query.empty()) row.set("query", line_of(at->query));
    row.set("spark", sparkline(counts.days, manner.say("hits_a_day_7")));
    rows << row;
  }
  View view;
  put_list(view, "watches", rows);
  view.set("no_watches", all.empty());
  if (at != all.end()) view.set("more", "/watches?after=" + percent_encode(std::prev(at)->name));
  view.set("form", form_view(answer, room));
  auto reply = render("watches", view, manner.say("watches"), "/watches", manner);
  reply.status = answer.status;
  return reply;
}

api::Reply watch_page(const storage::Reader& reader, const WatchRoom& room,
                      const api::WatchInfo& watch, const WatchAnswer& answer) {
  const auto& manner = room.manner;
  const auto counts = storage::hit_counts(reader, watch.name, manner.now, days_of_watch);
  auto view = facts_view(watch, counts, manner);
  if (!watch.query.empty()) view.set("query", clipped(watch.query, longest_query));
  if (!watch.mode.empty()) view.set("mode", manner.say("mode_" + watch.mode));
  put_list(view, "notes", texts(watch.warnings));
  view.set("stream", "/stream?watch=" + percent_encode(watch.name));
  view.set("feed", "/stream.atom?watch=" + percent_encode(watch.name));
  view.set("per_day", chart_view({.heading = manner.say("hits_a_day"),
                                  .axis = manner.say("day"),
                                  .places = day_names(manner, days_of_watch, false),
                                  .series = {{manner.say("hits"), counts.days}}}));
  view.set("is_awake", !watch.snoozed_until(manner.now));
  view.set("is_snoozed_here", watch.snoozed_here && *watch.snoozed_here > manner.now);
  view.set("times", snooze_times(manner));
  view.set("is_own", watch.is_own);
  if (watch.is_own) view.set("form", form_view(answer, room));
  auto reply = render("watch", view, line_of(watch.title), "/watches", manner);
  reply.status = answer.status;
  return reply;
}

api::Reply watch_form_page(const storage::Reader& reader, api::Request request,
                           api::Context context, WatchAnswer answer) {
  const auto manner = manner_of(request, context);
  const WatchRoom room{*context.watches, manner, {}};
  if (answer.name.empty()) return watches_page(reader, room, answer);
  if (const auto* const watch = room.list.find(answer.name))
    return watch_page(reader, room, *watch, answer);
  return fault_page(request, api::problem(404, "Not Found", "no watch '" + answer.name + "'"));
}

}  // namespace tinwatch::pages
