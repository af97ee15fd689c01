#include "core/text.hpp"
#include "core/time.hpp"
#include "crawl/source_health.hpp"
#include "decide_parts.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

/// What is wrong with a source began, or is over.
namespace tinwatch::crawl {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Duration unreachable_after = 1h;
constexpr int failures_before_unreachable = 3;
constexpr Duration contents_doubted_for = 1h;  // a list may be empty while it is made anew
// Why a source is unreachable.
const std::string reason_lists = "lists";            // none of them can be read
const std::string reason_gone = "articles_gone";     // most of its articles are not there
const std::string reason_replaced = "another_page";  // one page stands in the place of most

storage::NewEvent event_of(const Plan& plan, EventType type, const json::object& data,
                           Instant now) {
  return new_event(plan, type, Discovery::live, json::serialize(data), now);
}

/// The condition begins or ends: `since` is brought up to date, and the event says so.
void turn(const Plan& plan, std::optional<Instant>& since, bool is_so, EventType type,
          json::object data, Instant now, std::vector<storage::NewEvent>& events) {
  if (is_so == since.has_value()) return;
  if (is_so) {
    since = now;
    events.push_back(event_of(plan, type, data, now));
    return;
  }
  data = {{"from", word_of(type)}, {"since", to_rfc3339(*since)}};
  since.reset();
  events.push_back(event_of(plan, EventType::source_recovered, data, now));
}

}  // namespace

std::vector<storage::SourceReport> SourceHealth::examine(const Plan& plan, Instant now) {
  std::vector<storage::SourceReport> out;
  for (const auto& [name, source] : plan.sources) examine_source(plan, source, now, out);
  return out;
}

void SourceHealth::examine_source(const Plan& plan, const SourcePlan& source, Instant now,
                                  std::vector<storage::SourceReport>& out) {
  auto& state = states_[source.name];
  auto& condition = state.condition;
  condition.source = source.name;
  std::vector<storage::NewEvent> events;

  examine_reach(plan, now, state, events);
  examine_silence(plan, source, now, state, events);

  std::vector<std::string> drifted;
  for (const auto field : state.fill.drifted()) drifted.emplace_back(label(field));
  const std::string body(label(monitor::Field::body));
  if (state.site == monitor::Sign::hollow &&
      std::find(drifted.begin(), drifted.end(), body) == drifted.end())
    drifted.push_back(body);
  const auto lists = state.lists.broken(now);
  const json::object what{{"fields", json::array(drifted.begin(), drifted.end())},
                          {"lists", json::array(lists.begin(), lists.end())}};
  for (const auto& list : lists)
    drifted.push_back(std::string(drifted_list_prefix) + percent_encode(list));
  const auto known = split(condition.drifted, ',');
  const bool more = std::any_of(drifted.begin(), drifted.end(), [&](const std::string& one) {
    return std::find(known.begin(), known.end(), one) == known.end();
  });
  if (condition.drifted_since && more)
    events.push_back(event_of(plan, EventType::source_drifted, what, now));
  turn(plan, condition.drifted_since, !drifted.empty(), EventType::source_drifted, what, now,
       events);
  auto text = join(drifted, ",");
  const bool changed = text != condition.drifted || std::exchange(state.learnt, false);
  condition.drifted = std::move(text);

  if (changed || !events.empty()) out.push_back({condition, std::move(events)});
}

void SourceHealth::examine_reach(const Plan& plan, Instant now, State& state,
                                 std::vector<storage::NewEvent>& events) const {
  auto& condition = state.condition;
  const bool lists_fail = state.lists_failed >= failures_before_unreachable &&
                          now - *state.lists_fail_since >= unreachable_after;
  const bool gone = state.site == monitor::Sign::absent;
  const bool replaced = state.site == monitor::Sign::replaced;
  bool unreachable = lists_fail || gone || replaced;
  if (!condition.unreachable_since)
    condition.unreachable_reason = lists_fail ? reason_lists : gone ? reason_gone : reason_replaced;
  else if (condition.unreachable_reason == reason_gone ||
           condition.unreachable_reason == reason_replaced)
    // Over a restart, until one is seen.
    unreachable = gone || replaced || lists_fail || !state.shows_articles;
  else
    unreachable = !state.heard_since;  // over a restart, until a list was read
  json::object data{{"reason", condition.unreachable_reason}};
  if (condition.unreachable_reason == reason_lists && state.lists_fail_since)
    data["failingSince"] = to_rfc3339(*state.lists_fail_since);
  turn(plan, condition.unreachable_since, unreachable, EventType::source_unreachable,
       std::move(data), now, events);
  // What its lists showed while something else stood in their place says nothing.
  if (!unreachable) return;
  for (auto* const since : {&state.no_articles_since, &state.cut_since})
    if (*since) *since = now;
}

void SourceHealth::examine_silence(const Plan& plan, const SourcePlan& source, Instant now,
                                   State& state, std::vector<storage::NewEvent>& events) {
  auto& condition = state.condition;
  // Nobody is silent whom we could not hear.
  const auto heard_since = std::max(state.heard_since.value_or(now), watching_since_);
  const auto heard_from = std::max(state.last_article.value_or(heard_since), heard_since);
  const double expected = state.volume.expected(
      local_time(source, heard_from), local_time(source, now), cadence_.rhythm(source.name));
  const auto lasts = [&](const std::optional<Instant>& since) {
    return state.heard_since && since && now - *since >= contents_doubted_for;
  };
  const bool names_none = lasts(state.no_articles_since);
  const bool is_cut = lasts(state.cut_since);
  bool silent = names_none || is_cut || expected >= monitor::expected_in_silence;
  if (!condition.silent_since)
    condition.silent_reason = names_none ? SilentReason::no_articles
                              : is_cut   ? SilentReason::feed_cut
                                         : SilentReason::nothing_new;
  else if (condition.silent_reason == SilentReason::nothing_new)
    silent = state.last_article <= condition.silent_since;
  else  // over a restart, until a list was read
    silent = state.contents.empty() ||
             (condition.silent_reason == SilentReason::no_articles ? state.no_articles_since
                                                                   : state.cut_since);

  json::object data{{"reason", label(condition.silent_reason)}};
  json::array lists;
  for (const auto& [url, content] : state.contents) {
    if (condition.silent_reason == SilentReason::no_articles && content.none)
      lists.push_back(json::object{{"url", url}, {"why", sentence(*content.none)}});
    if (condition.silent_reason == SilentReason::feed_cut && content.cut_at > 0)
      lists.push_back(json::object{{"url", url}, {"line", content.cut_at}});
  }
  if (condition.silent_reason == SilentReason::nothing_new)
    data["expectedArticles"] = std::llround(expected);
  else
    data["lists"] = std::move(lists);
  if (state.last_article) data["lastArticleAt"] = to_rfc3339(*state.last_article);
  turn(plan, condition.silent_since, silent, EventType::source_silent, std::move(data), now,
       events);
}

}  // namespace tinwatch::crawl
