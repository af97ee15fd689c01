#include "crawl/source_health.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_contents = 256;  // lists of a source

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
      if (what.starts_with(drifted_list_prefix))
        lists.push_back(percent_decode(what.substr(drifted_list_prefix.size())));
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
  if (!content.none) state.shown_at = now;
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
    state.list_read_at = now;
    if (!state.heard_since) state.heard_since = now;
    state.lists_fail_since.reset();
    state.lists_failed = 0;
    return;
  }
  state.heard_since.reset();
  if (!state.lists_fail_since) state.lists_fail_since = now;
  ++state.lists_failed;
}

bool SourceHealth::has_read_list(const std::string& source, Instant since) const {
  const auto state = states_.find(source);
  return state != states_.end() && state->second.list_read_at > since;
}

bool SourceHealth::lists_fail(const std::string& source) const {
  const auto state = states_.find(source);
  return state != states_.end() && state->second.lists_fail_since;
}

void SourceHealth::note_unchanged(const std::string& source, const std::string& list, Instant now) {
  auto& state = states_[source];
  const auto content = state.contents.find(list);
  if (content != state.contents.end() && !content->second.none) state.shown_at = now;
}

bool SourceHealth::has_shown(const std::string& source, Instant since) const {
  const auto state = states_.find(source);
  return state != states_.end() && state->second.shown_at > since;
}

void SourceHealth::note_page(const std::string& source, const monitor::PageFields& page,
                             Instant now) {
  states_[source].fill.note(page, now);
}

void SourceHealth::note_site(const std::string& source, std::optional<monitor::Sign> site,
                             monitor::Sign look) {
  auto& state = states_[source];
  // A state ends when an article is seen again, and not because nobody looked for a while.
  if (site) {
    state.site = site;
    state.shows_articles = false;
  } else if (look == monitor::Sign::well) {
    state.site.reset();
    state.shows_articles = true;
  }
}

void SourceHealth::note_parameters(const std::string& source, std::string names) {
  auto& state = states_[source];
  if (state.condition.empty_parameters == names) return;
  state.condition.empty_parameters = std::move(names);
  state.learnt = true;
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

void SourceHealth::clock_was_set(Duration by) {
  const auto shift = [by](std::optional<Instant>& at) {
    if (at) *at += by;
  };
  watching_since_ += by;
  for (auto& [name, state] : states_) {
    state.volume.clock_was_set(by);
    state.fill.clock_was_set(by);
    state.lists.clock_was_set(by);
    for (auto* const at :
         {&state.last_article, &state.doubted, &state.list_read_at, &state.shown_at,
          &state.lists_fail_since, &state.heard_since, &state.no_articles_since, &state.cut_since,
          &state.condition.silent_since, &state.condition.drifted_since,
          &state.condition.unreachable_since})
      shift(*at);
  }
}

}  // namespace tinwatch::crawl
