#include "crawl/source_health.hpp"

#include "core/text.hpp"
#include "core/time.hpp"
#include "decide_parts.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>

namespace tinwatch::crawl {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Duration unreachable_after = 1h;
constexpr int failures_before_unreachable = 3;
constexpr Duration contents_doubted_for = 1h;  // a list may be empty while it is made anew
constexpr std::size_t most_contents = 256;     // lists of a source
/// In a condition's text, before a list's URL.
const std::string list_prefix = "list:";

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

void SourceHealth::restore(const Plan& plan, const std::vector<storage::PastHour>& hours,
                           const std::vector<storage::SourceCondition>& conditions, Instant now) {
  for (const auto& hour : hours)
    if (const auto source = plan.sources.find(hour.source); source != plan.sources.end())
      for (int i = 0; i < hour.articles; ++i) note_volume(source->second, hour.last_seen_at);
  for (const auto& condition : conditions) {
    auto& state = states_[condition.source];
    state.condition = condition;
    if (!condition.drifted_since) continue;
    std::vector<monitor::Field> missing;
    std::vector<std::string> lists;
    for (const auto what : split(condition.drifted, ',')) {
      if (const auto field = monitor::field_from(what)) missing.push_back(*field);
      if (what.starts_with(list_prefix))
        lists.push_back(percent_decode(what.substr(list_prefix.size())));
    }
    state.fill.restore_drift(missing);
    state.lists.restore_broken(lists, now);
  }
}

void SourceHealth::note_article(const SourcePlan& source, const std::string& url, Instant now) {
  note_volume(source, now);
  states_[source.name].lists.note_article(url, now);
}

void SourceHealth::note_volume(const SourcePlan& source, Instant now) {
  auto& state = states_[source.name];
  state.volume.note(local_time(source, now));
  state.last_article = std::max(now, state.last_article.value_or(now));
}

void SourceHealth::note_names(const std::string& source, const std::string& list,
                              const std::vector<std::string>& urls, Instant now) {
  states_[source].lists.note_names(list, urls, now);
}

void SourceHealth::note_visit(const std::string& source, const std::string& list, bool answered,
                              Instant now) {
  auto& state = states_[source];
  state.lists.note_visit(list, answered, now);
  // What it named when it answered last says nothing now.
  if (!answered && state.contents.erase(list) > 0) look_at_contents(state, now);
}

void SourceHealth::note_content(const std::string& source, const std::string& list, Content content,
                                Instant now) {
  auto& state = states_[source];
  if (state.contents.size() < most_contents || state.contents.contains(list))
    state.contents[list] = content;
  look_at_contents(state, now);
}

void SourceHealth::look_at_contents(State& state, Instant now) {
  const auto turn_since = [now](std::optional<Instant>& since, bool is_so) {
    if (!is_so)
      since.reset();
    else if (!since)
      since = now;
  };
  const auto& contents = state.contents;
  turn_since(state.no_articles_since,
             !contents.empty() &&
                 std::all_of(contents.begin(), contents.end(),
                             [](const auto& list) { return list.second.none.has_value(); }));
  turn_since(state.cut_since, std::any_of(contents.begin(), contents.end(),
                                          [](const auto& list) { return list.second.cut_at > 0; }));
}

bool SourceHealth::is_cut(const std::string& source) const {
  const auto state = states_.find(source);
  return state != states_.end() && state->second.cut_since;
}

bool SourceHealth::names_no_article(const std::string& source) const {
  const auto state = states_.find(source);
  return state != states_.end() && state->second.no_articles_since;
}

void SourceHealth::note_list(const std::string& source, bool was_read, Instant now) {
  auto& state = states_[source];
  if (was_read) {
    if (!state.heard_since) state.heard_since = now;
    state.lists_fail_since.reset();
    state.lists_failed = 0;
    return;
  }
  state.heard_since.reset();
  if (!state.lists_fail_since) state.lists_fail_since = now;
  ++state.lists_failed;
}

void SourceHealth::note_page(const std::string& source, const monitor::PageFields& page,
                             Instant now) {
  states_[source].fill.note(page, now);
}

void SourceHealth::note_doubt(const std::string& source, Instant now) {
  states_[source].doubted = now;
}

bool SourceHealth::asks(const std::string& source, Instant now) const {
  const auto state = states_.find(source);
  return state != states_.end() && state->second.doubted && now - *state->second.doubted < 24h;
}

bool SourceHealth::is_drifted(const std::string& source) const {
  const auto state = states_.find(source);
  return state != states_.end() && !state->second.fill.drifted().empty();
}

monitor::OtherPages SourceHealth::other_pages(const std::string& source,
                                              const monitor::PageFields& page,
                                              const ArticleRecord& before,
                                              const ArticleRecord& after,
                                              std::optional<Instant> since, Instant now) const {
  using monitor::OtherPages;
  const auto lost = monitor::lost_fields(before, after);
  if (lost.empty()) return OtherPages::unknown;
  const auto state = states_.find(source);
  auto fill = state == states_.end() ? monitor::FillRatio() : state->second.fill;
  fill.note(page, now);
  if (!fill.drifted().empty()) return OtherPages::lost_it;
  for (const auto field : lost) {
    const auto last = fill.last_filled(field);
    if (!since || !last || *last <= *since) return OtherPages::unknown;
  }
  return OtherPages::have_it;
}

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

  const bool fails = state.lists_failed >= failures_before_unreachable &&
                     now - *state.lists_fail_since >= unreachable_after;
  // Over a restart, until a list was read.
  const bool unreachable = condition.unreachable_since ? !state.heard_since : fails;
  json::object failing;
  if (state.lists_fail_since) failing["failingSince"] = to_rfc3339(*state.lists_fail_since);
  turn(plan, condition.unreachable_since, unreachable, EventType::source_unreachable,
       std::move(failing), now, events);

  examine_silence(plan, source, now, state, events);

  std::vector<std::string> drifted;
  for (const auto field : state.fill.drifted()) drifted.emplace_back(label(field));
  const auto lists = state.lists.broken(now);
  const json::object what{{"fields", json::array(drifted.begin(), drifted.end())},
                          {"lists", json::array(lists.begin(), lists.end())}};
  for (const auto& list : lists) drifted.push_back(list_prefix + percent_encode(list));
  const auto known = split(condition.drifted, ',');
  const bool more = std::any_of(drifted.begin(), drifted.end(), [&](const std::string& one) {
    return std::find(known.begin(), known.end(), one) == known.end();
  });
  if (condition.drifted_since && more)
    events.push_back(event_of(plan, EventType::source_drifted, what, now));
  turn(plan, condition.drifted_since, !drifted.empty(), EventType::source_drifted, what, now,
       events);
  auto text = join(drifted, ",");
  const bool changed = text != condition.drifted;
  condition.drifted = std::move(text);

  if (changed || !events.empty()) out.push_back({condition, std::move(events)});
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
