#include "watch/watch_set.hpp"

#include "hits.hpp"
#include "triggers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tinwatch::watch {

/// The automata, and who waits for what.
struct CompiledWatches {
  std::array<std::optional<Lexicon>, ways_of_writing> lexicons;  // of the modes in use
  std::vector<Mode> modes;                                       // of each term, by number
  std::vector<TermId> ids;               // of the terms of all watches, one watch after the other
  std::vector<std::uint32_t> first_ids;  // of each watch, and their end
  std::vector<std::uint32_t> waiting;    // watches, by the term that triggers them
  std::vector<std::uint32_t> first_waiting;  // of each term, and their end
  std::vector<std::uint32_t> always;         // watches that no term triggers
};

namespace {

void add_terms(const std::vector<Watch>& watches, CompiledWatches& out) {
  for (const auto& watch : watches) {
    out.first_ids.push_back(static_cast<std::uint32_t>(out.ids.size()));
    for (const auto& term : watch.query->terms()) {
      auto& lexicon = out.lexicons[static_cast<std::size_t>(term.mode)];
      if (!lexicon) lexicon.emplace(term.mode);
      const auto next = static_cast<TermId>(out.modes.size());
      const auto id = lexicon->add(term, next);
      if (id == next) out.modes.push_back(term.mode);
      out.ids.push_back(id);
    }
  }
  out.first_ids.push_back(static_cast<std::uint32_t>(out.ids.size()));
  // A text is read in some mode even where no term is looked for: what an edit touched is told by
  // it.
  if (out.modes.empty()) out.lexicons.front().emplace(Mode::exact);
  for (auto& lexicon : out.lexicons)
    if (lexicon) lexicon->finish();
}

/// Which watches wait for which term.
void add_triggers(const std::vector<Watch>& watches, CompiledWatches& out) {
  std::vector<std::uint32_t> users(out.modes.size());
  for (const auto id : out.ids) ++users[id];
  std::vector<std::pair<TermId, std::uint32_t>> pairs;
  for (std::uint32_t watch = 0; watch < watches.size(); ++watch) {
    const auto& query = *watches[watch].query;
    const auto* ids = out.ids.data() + out.first_ids[watch];
    // Long phrases are rare; what many people watch for is common.
    const auto how_common = [&](std::size_t term) {
      return static_cast<double>(users[ids[term]]) * std::pow(0.1, query.terms()[term].length - 1);
    };
    const auto trigger = trigger_of(query, how_common);
    if (!trigger) {
      out.always.push_back(watch);
      continue;
    }
    for (const auto& [begin, end] : *trigger)
      for (auto term = begin; term < end; ++term) pairs.emplace_back(ids[term], watch);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  out.first_waiting.assign(out.modes.size() + 1, 0);
  for (const auto& pair : pairs) ++out.first_waiting[pair.first + 1];
  for (std::size_t i = 1; i < out.first_waiting.size(); ++i)
    out.first_waiting[i] += out.first_waiting[i - 1];
  out.waiting.reserve(pairs.size());
  for (const auto& pair : pairs) out.waiting.push_back(pair.second);
}

/// The terms of one step stand side by side and rise, for whoever looks many of them up.
void sort_steps(const std::vector<Watch>& watches, CompiledWatches& out) {
  for (std::size_t watch = 0; watch < watches.size(); ++watch)
    for (const auto& step : watches[watch].query->steps())
      if (step.op == Query::Op::any && step.terms > 1) {
        const auto begin = out.ids.begin() + out.first_ids[watch] + step.first;
        std::sort(begin, begin + step.terms);
      }
}

void read(const CompiledWatches& compiled, const ArticleText& text, ReadText& out,
          WorkBudget& budget) {
  out.text = &text;
  for (std::size_t mode = 0; mode < ways_of_writing; ++mode) {
    if (!compiled.lexicons[mode]) continue;
    out.readings[mode].emplace(text, *compiled.lexicons[mode], budget);
    budget.look();
  }
}

void mark_triggered(const CompiledWatches& compiled, const ReadText& text,
                    std::vector<bool>& marked, std::vector<std::uint32_t>& out) {
  for (const auto& reading : text.readings) {
    if (!reading) continue;
    for (const auto& range : reading->found())
      for (auto i = compiled.first_waiting[range.term]; i < compiled.first_waiting[range.term + 1];
           ++i) {
        const auto watch = compiled.waiting[i];
        if (marked[watch]) continue;
        marked[watch] = true;
        out.push_back(watch);
      }
  }
}

}  // namespace

WatchSet::WatchSet(std::vector<Watch> watches) : watches_(std::move(watches)) {
  auto compiled = std::make_unique<CompiledWatches>();
  add_terms(watches_, *compiled);
  add_triggers(watches_, *compiled);
  sort_steps(watches_, *compiled);
  compiled_ = std::move(compiled);
}

WatchSet::~WatchSet() = default;

std::shared_ptr<const WatchSet> WatchSet::compile(std::vector<Watch> watches) {
  return std::shared_ptr<const WatchSet>(new WatchSet(std::move(watches)));
}

std::vector<WatchSet::Found> WatchSet::compare(const ArticleText* before, const ArticleText& after,
                                               const Occasion& occasion, WorkBudget& budget) const {
  return compare(
      before, after, occasion, [](std::size_t) { return true; }, budget);
}

std::vector<WatchSet::Found> WatchSet::compare(const ArticleText* before, const ArticleText& after,
                                               const Occasion& occasion, const Wanted& wanted,
                                               WorkBudget& budget) const {
  std::vector<Found> out;
  if (watches_.empty()) return out;
  Happening happening{.occasion = occasion};
  read(*compiled_, after, happening.after, budget);
  if (before) read(*compiled_, *before, happening.before, budget);
  std::vector<bool> marked(watches_.size(), false);
  auto asked = compiled_->always;
  mark_triggered(*compiled_, happening.after, marked, asked);
  if (before) mark_triggered(*compiled_, happening.before, marked, asked);
  std::sort(asked.begin(), asked.end());
  for (const auto watch : asked) {
    if (!wanted(watch)) continue;
    const auto begin = compiled_->first_ids[watch];
    const TermNumbers numbers{
        std::span(compiled_->ids).subspan(begin, compiled_->first_ids[watch + 1] - begin),
        compiled_->modes};
    if (auto hit = hit_of(*watches_[watch].query, numbers, happening, budget))
      out.push_back({watch, std::move(*hit)});
  }
  return out;
}

bool WatchSet::is_always_asked(std::size_t watch) const {
  return std::binary_search(compiled_->always.begin(), compiled_->always.end(), watch);
}

}  // namespace tinwatch::watch
