#include "replay.hpp"

#include "answers.hpp"
#include "api/preview.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

void replay_one(const json::object& item, const watch::WatchSet& watches, const OnFound& on_found) {
  const auto past = past_revision_of(item);
  const auto hits = api::hits_of(past, watches);
  if (hits.found.empty()) return;
  Replayed revision{
      .article = past.article,
      .source = past.source,
      .url = past.url,
      .headline = hits.headline,
      .observed_at = text_at(item, "observedAt"),
      .revision = past.number,
      .discovery = discovery_from(text_at(item, "discovery")).value_or(Discovery::live)};
  // An edit is told, whatever the article was found as.
  if (!past.previous.empty()) revision.discovery = Discovery::live;
  for (const auto& one : hits.found) on_found(revision, one);
}

}  // namespace

storage::PastRevision past_revision_of(const json::object& item) {
  return {.article = text_at(item, "id"),
          .source = text_at(item, "source"),
          .url = text_at(item, "url"),
          .number = item.at("revision").to_number<int>(),
          .change = text_at(item, "change"),
          .record = text_at(item, "record"),
          .previous = text_at(item, "previous")};
}

double ReplayCount::days() const {
  const auto begin = parse_iso8601(first);
  const auto end = parse_iso8601(last);
  if (!begin || !end) return 1;
  const auto hours = std::chrono::duration<double, std::ratio<3600>>(end->at - begin->at).count();
  return std::max(1.0, hours / 24);
}

ReplayCount replay(const StoreAccess& store, const watch::WatchSet& watches,
                   const ReplayRange& range, const OnFound& on_found) {
  ReplayCount count;
  auto request = request_for({"api", "v1", "history"});
  put(request, "since", range.since);
  put(request, "until", range.until);
  request.query["limit"] = "1000";
  for (;;) {
    const auto body = body_of(store.get(request));
    for (const auto& value : body.at("items").as_array()) {
      if (range.most > 0 && count.revisions == range.most) return count;
      const auto& item = value.as_object();
      ++count.revisions;
      count.last = text_at(item, "observedAt");
      if (count.first.empty()) count.first = count.last;
      try {
        replay_one(item, watches, on_found);
      } catch (const std::exception&) {
        ++count.damaged;
      }
    }
    if (body.at("next").is_null()) return count;
    request.query["after"] = std::string(body.at("next").as_string());
  }
}

}  // namespace tinwatch::cli
