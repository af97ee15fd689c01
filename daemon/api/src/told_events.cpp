#include "told_events.hpp"

#include "api/damaged.hpp"
#include "api/parameters.hpp"
#include "core/event_json.hpp"
#include "core/text.hpp"
#include "storage/event_place.hpp"

#include <boost/json.hpp>

#include <limits>

namespace tinwatch::api {
namespace {

constexpr std::size_t most_events = 500;

/// The place behind which the newest `count` stand that the filter keeps.
std::int64_t before_the_last(const storage::Reader& reader, const EventFilter& filter,
                             std::size_t count) {
  const auto page =
      reader.stream(0, count, [&](const Event& event) { return filter.keeps(event); });
  return page.events.empty() ? newest_event(reader) : page.events.back().seq - 1;
}

/// Tells a listener at `place.after` of what is not there: events that are no longer kept, or all
/// behind a place that this database has not come to (an older copy of it was put back).
void find_gap(const storage::Reader& reader, Place& place) {
  if (place.after == 0) return;
  const auto kept = reader.events(0, std::nullopt, 1);
  const auto floor = kept.empty() ? place.last : kept.front().seq - 1;
  if (place.after >= floor && place.after <= place.last) return;
  const auto resumes = place.after < floor ? floor : place.last;
  const boost::json::object data{{"after", place.after}, {"resumesAfter", resumes}};
  place.gap = "event: tinwatch.stream.gap\nid: " + std::to_string(resumes) +
              "\ndata: " + boost::json::serialize(data) + "\n\n";
  place.after = resumes;
}

Place place_of(const storage::Reader& reader, const Request& request, const Context& context) {
  Place out;
  out.filter = event_filter(request, context);
  out.last = newest_event(reader);
  if (!request.parameter("limit").empty())
    throw BadParameter{"limit goes with a list: a stream has no end"};
  const auto last = integer(request, "last", 0, most_items);
  const bool is_placed = !request.parameter("after").empty();
  if (last > 0 && (is_placed || out.filter.since))
    throw BadParameter{"last goes without after and since"};
  // A browser that comes again repeats its address: where it was cut off counts.
  if (const auto id = request.header("last-event-id"); !id.empty())
    out.after = number_of("Last-Event-ID", id, 0, std::numeric_limits<std::int64_t>::max());
  else if (is_placed)
    out.after = integer(request, "after", 0);
  else if (last > 0)
    out.after = before_the_last(reader, out.filter, static_cast<std::size_t>(last));
  else
    out.after = out.filter.since ? storage::event_before(reader, *out.filter.since) : out.last;
  find_gap(reader, out);
  return out;
}

}  // namespace

std::int64_t newest_event(const storage::Reader& reader) {
  const auto page = reader.stream(0, 1, [](const Event&) { return true; });
  return page.events.empty() ? 0 : page.events.front().seq;
}

EventFilter event_filter(const Request& request, const Context& context) {
  return {.since = time_of(request, "since", context),
          .source = request.parameter("source"),
          .type = request.parameter("type")};
}

ToldPage read_told(const storage::Reader& reader, std::int64_t after, EventFilter filter,
                   std::size_t most_bytes) {
  ToldPage out{.events = {}, .last = after, .is_full = false};
  auto events = reader.events(after, filter.since, most_events, most_bytes);
  out.events.reserve(events.size());
  std::size_t bytes = 0;
  for (auto& event : events) {
    bytes += event.data.size();
    out.last = event.seq;
    if (!filter.keeps(event)) continue;
    std::string text;
    std::vector<std::string> damaged;  // the list of events names them
    unless_damaged("", damaged, [&] {
      text = "id: " + std::to_string(event.seq) +
             "\ndata: " + repair_utf8(boost::json::serialize(event_json(event))) + "\n\n";
    });
    event.data = {};
    out.events.push_back({.event = std::move(event), .text = std::move(text)});
  }
  out.is_full = events.size() == most_events || bytes >= most_bytes;
  return out;
}

Place find_place(const storage::Reader& reader, Request request, Context context) {
  try {
    return place_of(reader, request, context);
  } catch (const BadParameter& bad) {
    Place out;
    out.refusal = bad.detail;
    return out;
  }
}

}  // namespace tinwatch::api
