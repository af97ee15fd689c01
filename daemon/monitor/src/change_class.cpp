#include "change_class.hpp"

#include "edited_words.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <string>
#include <unordered_set>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t least_news = 6;         // words: an addition or a cut
constexpr std::size_t most_small_change = 4;  // words: a swapped word, not a rewrite

using Keys = std::unordered_set<std::string>;

/// Whether the same was meant; `known` are the keys of the old words.
bool slips(const Region& region, const Keys& known) {
  return is_slip(region) && !renames(region, known);
}

bool all_slips(const std::vector<Region>& regions, const Keys& known) {
  return std::all_of(regions.begin(), regions.end(),
                     [&](const Region& one) { return slips(one, known); });
}

/// Counts of words of one kind that one side has and the other has not.
struct Exchange {
  std::size_t removed = 0;
  std::size_t added = 0;
};

template <class Kind>
Exchange exchange(const std::vector<Region>& regions, Kind kind) {
  std::map<std::string, int> balance;
  for (const auto& region : regions) {
    for (const auto* word : region.removed)
      if (kind(*word)) --balance[word->key];
    for (const auto* word : region.added)
      if (kind(*word)) ++balance[word->key];
  }
  Exchange out;
  for (const auto& [key, count] : balance)
    (count < 0 ? out.removed : out.added) += static_cast<std::size_t>(std::abs(count));
  return out;
}

bool both(const Exchange& exchange) { return exchange.removed > 0 && exchange.added > 0; }

bool changes_fact(const std::vector<Region>& regions, std::size_t differing) {
  if (both(exchange(regions, is_number)) || both(exchange(regions, is_name))) return true;
  if (differing > 2 * most_small_change) return false;
  const auto negations = exchange(regions, is_negation);
  if (negations.removed != negations.added) return true;
  const auto telling = exchange(regions, is_telling);
  return both(telling) || (telling.removed != telling.added && differing <= 2);
}

std::string added_text(const std::vector<Region>& regions) {
  std::string out;
  for (const auto& region : regions) {
    for (const auto* word : region.added) (out += word->text) += ' ';
    out += '\n';
  }
  return out;
}

ChangeClass class_of_text(const std::vector<Region>& regions, const Keys& known) {
  if (all_slips(regions, known)) return ChangeClass::typo;
  std::size_t removed = 0;
  std::size_t added = 0;
  for (const auto& region : regions) {
    if (slips(region, known)) continue;
    removed += region.removed.size();
    added += region.added.size();
  }
  const auto nearly_none = [](std::size_t words) { return std::max<std::size_t>(3, words / 5); };
  if (added >= least_news && removed <= nearly_none(added)) return ChangeClass::addition;
  if (removed >= least_news && added <= nearly_none(removed)) return ChangeClass::cut;
  return changes_fact(regions, removed + added) ? ChangeClass::fact : ChangeClass::wording;
}

}  // namespace

Judgement judge_edit(const std::vector<EditorialField>& before,
                     const std::vector<EditorialField>& after, ReadNote read_note) {
  std::deque<Words> texts;      // regions point into them
  std::vector<Region> regions;  // of the running text
  std::vector<Region> headline_regions;
  Keys known;
  bool headline = false;
  bool body = false;
  bool captions = false;
  bool image = false;
  bool correction = false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const std::string_view name = before[i].name;
    headline = headline || name == "headline";
    image = image || name == "image";
    correction = correction || (name == "correction" && !after[i].text.empty());
    const bool running = name == "alternativeHeadline" || name == "description" || name == "body" ||
                         name == "captions";
    if (name != "headline" && !running) continue;
    const auto& old_words = texts.emplace_back(read_words(before[i].text));
    const auto& new_words = texts.emplace_back(read_words(after[i].text));
    for (const auto& word : old_words) known.insert(word.key);
    auto found = regions_of(old_words, new_words);
    if (name != "headline") (name == "captions" ? captions : body) = true;
    auto& list = name == "headline" ? headline_regions : regions;
    std::move(found.begin(), found.end(), std::back_inserter(list));
  }
  Judgement out;
  const auto added = added_text(regions) + added_text(headline_regions);
  const auto note = correction ? Note::correction : read_note(added);
  out.disclosed = note != Note::none;
  const auto exchanges = [](const std::vector<Region>& all) {
    return both(exchange(all, is_number)) || both(exchange(all, is_name));
  };
  out.changes_facts = exchanges(regions) || exchanges(headline_regions);
  const bool headline_slip = all_slips(headline_regions, known);
  if (note == Note::correction)
    out.change_class = ChangeClass::correction;
  else if (!headline_slip)
    out.change_class = ChangeClass::headline;
  else if (body || (captions && !image))
    out.change_class = class_of_text(regions, known);
  else if (image)
    out.change_class = ChangeClass::image;
  else
    out.change_class = headline ? ChangeClass::typo : ChangeClass::metadata;
  if (out.change_class == ChangeClass::typo) out.changes_facts = false;
  return out;
}

double significance_of(const Judgement& judgement, std::size_t differing_words) {
  struct Band {
    double low;
    double high;
  };
  const auto band = [](ChangeClass change_class) -> Band {
    switch (change_class) {
      case ChangeClass::typo: return {0.01, 0.1};
      case ChangeClass::metadata: return {0.12, 0.2};
      case ChangeClass::image: return {0.2, 0.3};
      case ChangeClass::wording: return {0.3, 0.45};
      case ChangeClass::addition: return {0.35, 0.49};
      case ChangeClass::cut: return {0.5, 0.75};
      case ChangeClass::headline: return {0.55, 0.8};
      case ChangeClass::fact: return {0.65, 0.9};
      case ChangeClass::correction: return {0.75, 1};
    }
    return {0, 1};
  };
  auto here = band(judgement.change_class);
  if (judgement.changes_facts && here.low < band(ChangeClass::fact).low)
    here = band(ChangeClass::fact);
  constexpr double half = 15;  // words that take it to the middle of its band
  const auto words = static_cast<double>(differing_words);
  const auto extent = here.low + (here.high - here.low) * words / (words + half);
  return std::round(extent * 1000) / 1000;
}

}  // namespace tinwatch::monitor
