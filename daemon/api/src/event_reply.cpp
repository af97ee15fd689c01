#include "api/envelope.hpp"
#include "api/event_filter.hpp"
#include "api/parameters.hpp"
#include "core/event_json.hpp"
#include "list_reply.hpp"
#include "replies.hpp"
#include "told_events.hpp"

#include <boost/json.hpp>

#include <algorithm>

/// What happened, and every revision, in the order in which they were stored.
namespace tinwatch::api {
namespace {

namespace json = boost::json;

/// A page about little is as cheap as one about much: it may be empty before the end.
constexpr std::size_t most_looked_at = 20'000;

/// The newest so many that the filter keeps, in their order.
std::vector<Event> last_events(const storage::Reader& reader, const EventFilter& filter,
                               std::size_t count) {
  auto page = reader.stream(0, count, [&](const Event& event) { return filter.keeps(event); });
  std::reverse(page.events.begin(), page.events.end());
  return std::move(page.events);
}

}  // namespace

Reply list_events(const Question& question) {
  const auto& reader = question.reader;
  const auto& request = question.request;
  const auto filter = event_filter(request, question.context);
  auto after = integer(request, "after", 0);
  const auto last = integer(request, "last", 0, most_items);
  if (last > 0 && (after > 0 || filter.since))
    throw BadParameter{"last goes without after and since"};
  ListReply list;
  const auto tell = [&](const Event& event) {
    list.add("event " + std::to_string(event.seq), [&] { return event_json(event); });
  };
  if (last > 0) {
    after = newest_event(reader);
    for (const auto& event : last_events(reader, filter, static_cast<std::size_t>(last)))
      tell(event);
    return std::move(list).finish(json::value(std::to_string(after)));
  }
  const auto limit = limit_of(request);
  std::size_t shown = 0;
  std::size_t looked_at = 0;
  for (bool more = true; more && shown < limit && looked_at < most_looked_at && !list.is_full();) {
    const auto events = reader.events(after, filter.since, limit, most_list_bytes);
    more = !events.empty();
    for (const auto& event : events) {
      if (shown == limit || list.is_full()) break;
      after = event.seq;
      ++looked_at;
      if (!filter.keeps(event)) continue;
      tell(event);
      ++shown;
    }
    if (filter.keeps_all()) break;
  }
  return std::move(list).finish(json::value(std::to_string(after)));
}

Reply list_history(const Question& question) {
  const auto& [reader, request, context, route] = question;
  const storage::HistoryFilter filter{.after = integer(request, "after", 0),
                                      .since = time_of(request, "since", context),
                                      .until = time_of(request, "until", context),
                                      .limit = limit_of(request),
                                      .most_bytes = most_list_bytes};
  ListReply list;
  const auto revisions = reader.history(filter);
  json::value next;
  for (const auto& one : revisions) {
    list.add("revision " + std::to_string(one.number) + " of article " + one.article,
             [&] { return past_revision_json(one); });
    next = std::to_string(one.row);
  }
  return std::move(list).finish(next);
}

}  // namespace tinwatch::api
