#include "api/envelope.hpp"
#include "api/parameters.hpp"
#include "api/watch_cases.hpp"
#include "api/watch_list.hpp"
#include "core/time.hpp"
#include "desk_replies.hpp"
#include "list_reply.hpp"
#include "replies.hpp"
#include "storage/hits.hpp"
#include "storage/own_watches.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::size_t days_counted = 7;

Reply nobody_knows() {
  return problem(503, "Service Unavailable", "no daemon runs, which alone knows its watches");
}

/// With what it found lately.
json::object counted_json(const storage::Reader& reader, const WatchInfo& watch, Instant now) {
  auto out = watch_json(watch, now);
  const auto counts = storage::hit_counts(reader, watch.name, now, days_counted);
  out["openHits"] = counts.open;
  out["hitsPerDay"] = json::array(counts.days.begin(), counts.days.end());
  return out;
}

/// The newest of what people judged, held against its query.
json::object cases_json(const storage::Reader& reader, const WatchInfo& watch) {
  constexpr std::size_t most_of_a_verdict = 50;
  const auto set = watch::WatchSet::compile({{watch.name, watch.compiled}});
  const auto cases = try_cases(reader, watch.name, *set, most_of_a_verdict);
  json::object out{
      {"tested", cases.tested},
      {"contradicted", json::array(cases.contradicted.begin(), cases.contradicted.end())}};
  if (cases.damaged > 0) out["damaged"] = cases.damaged;
  return out;
}

json::object case_json(const storage::Reader& reader, const storage::JudgedHit& hit) {
  auto out = past_revision_json(storage::past_revision(reader, hit.revision).value());
  out["hit"] = hit.id;
  out["verdict"] = storage::label(hit.verdict);
  out["transition"] = hit.transition;
  return out;
}

}  // namespace

std::optional<Instant> WatchInfo::snoozed_until(Instant now) const {
  const auto until = std::max(snoozed_by_file, snoozed_here);
  return until && *until > now ? until : std::nullopt;
}

const WatchInfo* WatchList::find(const std::string& name) const {
  const auto found = std::lower_bound(
      watches.begin(), watches.end(), name,
      [](const WatchInfo& watch, const std::string& wanted) { return watch.name < wanted; });
  return found != watches.end() && found->name == name ? &*found : nullptr;
}

json::object watch_json(const WatchInfo& watch, Instant now) {
  json::object out{{"name", watch.name},
                   {"title", watch.title},
                   {"team", watch.team},
                   {"origin", watch.is_own ? "api" : "file"},
                   {"inForce", watch.fault.empty()},
                   {"definition", json::parse(watch.definition)}};
  if (watch.phrases > 0) out["phrases"] = watch.phrases;
  if (const auto until = watch.snoozed_until(now)) out["snoozedUntil"] = to_rfc3339(*until);
  if (!watch.fault.empty()) out["fault"] = watch.fault;
  if (!watch.warnings.empty())
    out["warnings"] = json::array(watch.warnings.begin(), watch.warnings.end());
  return out;
}

Reply list_watches(const Question& question) {
  if (!question.context.watches) return nobody_knows();
  const auto& watches = question.context.watches->watches;
  const auto after = question.request.parameter("after");
  auto at = std::upper_bound(
      watches.begin(), watches.end(), after,
      [](const std::string& wanted, const WatchInfo& watch) { return wanted < watch.name; });
  const auto limit = limit_of(question.request);
  ListReply list;
  json::value next;
  for (std::size_t shown = 0; at != watches.end() && shown < limit && !list.is_full(); ++shown) {
    const auto& watch = *at++;
    list.add("watch " + watch.name,
             [&] { return counted_json(question.reader, watch, question.context.now); });
    next = at == watches.end() ? json::value() : json::value(watch.name);
  }
  return std::move(list).finish(next);
}

Reply show_watch(const Question& question) {
  if (!question.context.watches) return nobody_knows();
  const auto name = question.part("watch");
  const auto* const watch = question.context.watches->find(name);
  if (!watch) return not_found("no watch '" + name + "'");
  auto out = counted_json(question.reader, *watch, question.context.now);
  if (watch->compiled) out["cases"] = cases_json(question.reader, *watch);
  return json_reply(out);
}

Reply list_cases(const Question& question) {
  const auto& request = question.request;
  const storage::HitFilter filter{.verdict = storage::verdict_from(request.parameter("verdict")),
                                  .watch = question.part("watch"),
                                  .before = integer(request, "after", 0),
                                  .limit = limit_of(request)};
  return list_by_row(
      storage::judged_hits(question.reader, filter), filter.limit,
      [](const auto& hit) { return "hit " + hit.id; },
      [&](const auto& hit) { return case_json(question.reader, hit); });
}

Reply list_snoozes(const Question& question) {
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& snooze : storage::own_settings(question.reader, question.context.now).snoozes)
    items.push_back(json::object{
        {"watch", snooze.watch}, {"until", to_rfc3339(snooze.until)}, {"who", snooze.who}});
  out["next"] = nullptr;
  return json_reply(out);
}

}  // namespace tinwatch::api
