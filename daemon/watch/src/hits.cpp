#include "hits.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace tinwatch::watch {
namespace {

constexpr std::size_t most_hits = 50;
/// Of each state, before the two are compared: cut at `most_hits` they would differ by their ends.
constexpr std::size_t most_places = 2'000;
constexpr std::size_t most_compared = 10;  // sentences that are held against one another

std::vector<Hit> hits_at(const std::vector<Place>& places, Happening& happening) {
  std::vector<Hit> out;
  out.reserve(places.size());
  for (const auto& place : places) {
    auto& state = place.in_old_text ? happening.before : happening.after;
    const auto text = state.text->field(place.field);
    auto& told = state.places[place.field];
    if (!told) told.emplace(text);
    out.push_back({.field = std::string(label(static_cast<Field>(place.field))),
                   .offset = told->character_at(place.begin),
                   .words = squeeze(text.substr(place.begin, place.end - place.begin)),
                   .sentence = told->sentence_at(place.begin, place.end),
                   .in_old_text = place.in_old_text});
  }
  return out;
}

std::set<std::string> sentences_of(const std::vector<Hit>& hits) {
  std::set<std::string> out;
  for (const auto& hit : hits) out.insert(hit.sentence);
  return out;
}

/// Words that two sentences share, as a share of both.
double likeness(const std::string& a, const std::string& b) {
  const auto words_of_a = words(a);
  const auto words_of_b = words(b);
  std::map<std::string_view, int> counts;
  for (const auto word : words_of_a) ++counts[word];
  std::size_t shared = 0;
  for (const auto word : words_of_b)
    if (auto found = counts.find(word); found != counts.end() && found->second-- > 0) ++shared;
  const auto total = words_of_a.size() + words_of_b.size();
  return total == 0 ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(total);
}

/// Both states match. Nothing where each matched sentence reads as before; else the hits of now,
/// each with how its sentence read, and those of sentences that are gone.
std::optional<WatchHit> changed(std::vector<Hit> now, std::vector<Hit> then) {
  const auto new_sentences = sentences_of(now);
  const auto known = sentences_of(then);
  if (new_sentences == known) return std::nullopt;
  auto old_sentences = known;
  for (const auto& sentence : new_sentences) old_sentences.erase(sentence);
  std::set<std::string> told;
  std::size_t compared = 0;
  std::map<std::string, std::string> before;
  for (const auto& hit : now) {
    if (known.contains(hit.sentence) || before.contains(hit.sentence)) continue;
    auto& best = before[hit.sentence];
    if (++compared > most_compared) continue;
    double likest = 0.3;  // less alike: another sentence
    std::size_t looks = 0;
    for (const auto& old : old_sentences) {
      if (told.contains(old) || ++looks > most_compared) continue;
      if (const auto alike = likeness(old, hit.sentence); alike > likest) {
        likest = alike;
        best = old;
      }
    }
    if (!best.empty()) told.insert(best);
  }
  for (auto& hit : now)
    if (const auto found = before.find(hit.sentence); found != before.end())
      hit.before = found->second;
  WatchHit out{.transition = Transition::changed};
  // What was edited comes first: lists are cut.
  const auto is_edited = [&](const Hit& hit) { return !known.contains(hit.sentence); };
  std::copy_if(now.begin(), now.end(), std::back_inserter(out.hits), is_edited);
  for (auto& hit : then) {
    if (!old_sentences.contains(hit.sentence) || told.contains(hit.sentence)) continue;
    hit.in_old_text = true;
    out.hits.push_back(hit);
  }
  std::copy_if(now.begin(), now.end(), std::back_inserter(out.hits), std::not_fn(is_edited));
  if (out.hits.size() > most_hits) out.hits.resize(most_hits);
  return out;
}

/// Words under a NOT that is `no` in one state and `yes` in the other.
std::vector<Hit> flipped(const Query& query, Evaluation& with, const Evaluation& without,
                         Happening& happening) {
  std::vector<Place> places;
  for (std::size_t i = 1; i < query.steps().size(); ++i) {
    if (query.steps()[i].op != Query::Op::op_not) continue;
    if (with.truth(i - 1) != Truth::yes || without.truth(i - 1) == Truth::yes) continue;
    const auto more = with.evidence_of(i - 1, most_hits - std::min(places.size(), most_hits));
    places.insert(places.end(), more.begin(), more.end());
  }
  return hits_at(places, happening);
}

}  // namespace

std::optional<WatchHit> hit_of(const Query& query, const TermNumbers& numbers, Happening& happening,
                               WorkBudget& budget) {
  Evaluation now(query, numbers, happening, /*of_old_text=*/false, budget);
  if (!happening.before.text) {
    if (!now.matches()) return std::nullopt;
    return WatchHit{.transition = Transition::appeared,
                    .hits = hits_at(now.evidence(most_hits), happening)};
  }
  Evaluation then(query, numbers, happening, /*of_old_text=*/true, budget);
  if (!now.matches() && !then.matches()) return std::nullopt;
  if (!then.matches())
    return WatchHit{.transition = Transition::appeared,
                    .hits = hits_at(now.evidence(most_hits), happening),
                    .flipped = flipped(query, then, now, happening)};
  if (!now.matches())
    return WatchHit{.transition = Transition::disappeared,
                    .hits = hits_at(then.evidence(most_hits), happening),
                    .flipped = flipped(query, now, then, happening)};
  auto evidence = now.evidence(most_places);
  budget.look();
  // What was added or removed is news by itself.
  const auto asked_of = [&](Edited edited) {
    return std::any_of(evidence.begin(), evidence.end(),
                       [&](const Place& one) { return one.edited == edited; });
  };
  if (asked_of(Edited::added) || asked_of(Edited::removed)) {
    const auto transition =
        asked_of(Edited::added) ? Transition::appeared : Transition::disappeared;
    if (evidence.size() > most_hits) evidence.resize(most_hits);
    return WatchHit{.transition = transition, .hits = hits_at(evidence, happening)};
  }
  const auto old_evidence = then.evidence(most_places);
  return changed(hits_at(evidence, happening), hits_at(old_evidence, happening));
}

}  // namespace tinwatch::watch
