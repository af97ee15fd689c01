#include "replay.hpp"

#include "answers.hpp"
#include "core/editorial_state.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

std::optional<ChangeClass> class_named(std::string_view name) {
  for (const auto one : all_change_classes)
    if (label(one) == name) return one;
  return std::nullopt;
}

watch::Occasion occasion_of(const json::object& item) {
  watch::Occasion out{.event = "revised", .significance = 0};
  const auto change = json::parse(item.at("change").as_string());
  const auto& fields = change.as_object();
  if (const auto* name = fields.if_contains("class"))
    out.change_class = class_named(name->as_string());
  if (const auto* significance = fields.if_contains("significance"))
    out.significance = significance->to_number<double>();
  return out;
}

void replay_one(const json::object& item, const watch::WatchSet& watches, const OnFound& on_found) {
  const ReadArticle now(record_from_json(item.at("record").as_string()));
  Replayed revision{
      .article = text_at(item, "id"),
      .source = text_at(item, "source"),
      .url = text_at(item, "url"),
      .headline = now.record.headline,
      .observed_at = text_at(item, "observedAt"),
      .revision = item.at("revision").to_number<std::int64_t>(),
      .discovery = discovery_from(text_at(item, "discovery")).value_or(Discovery::live)};
  const watch::ArticleText after(now.record, now.state, revision.source);
  WorkBudget budget;
  std::vector<watch::WatchSet::Found> found;
  if (const auto* previous = item.if_contains("previous")) {
    const ReadArticle then(record_from_json(previous->as_string()));
    const watch::ArticleText before(then.record, then.state, revision.source);
    found = watches.compare(&before, after, occasion_of(item), budget);
    revision.discovery = Discovery::live;  // an edit is told, whatever the article was found as
  } else {
    found = watches.compare(nullptr, after, {}, budget);
  }
  for (const auto& one : found) on_found(revision, one);
}

}  // namespace

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
