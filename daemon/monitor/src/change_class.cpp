#include "change_class.hpp"

#include "core/text.hpp"
#include "edited_words.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <string>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t least_news = 6;         // words: an addition or a cut
constexpr std::size_t most_small_change = 4;  // words: a swapped word, not a rewrite

bool all_slips(const std::vector<Region>& regions) {
  return std::all_of(regions.begin(), regions.end(),
                     [](const Region& one) { return is_slip(one); });
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

bool says_correction(std::string_view added) {
  static const std::array<std::string, 23> phrases = [] {
    std::array<std::string, 23> out = {
        "đính chính",       "cải chính",        "cáo lỗi",          "xin lỗi bạn đọc",
        "bản trước",        "nói lại cho rõ",   "đã sửa lại",       "đã được sửa",
        "ghi nhầm",         "viết nhầm",        "đưa nhầm",         "correction:",
        "corrected",        "was amended",      "has been amended", "earlier version",
        "previous version", "original version", "editor's note",    "editors' note",
        "clarification:",   "misstated",        "misidentified"};
    for (auto& one : out) one = fold_case(one);
    return out;
  }();
  const auto folded = fold_case(added);
  return std::any_of(phrases.begin(), phrases.end(), [&](const std::string& phrase) {
    return folded.find(phrase) != std::string::npos;
  });
}

std::string added_text(const std::vector<Region>& regions) {
  std::string out;
  for (const auto& region : regions) {
    for (const auto* word : region.added) (out += word->text) += ' ';
    out += '\n';
  }
  return out;
}

ChangeClass class_of_text(const std::vector<Region>& regions) {
  if (all_slips(regions)) return ChangeClass::typo;
  std::size_t removed = 0;
  std::size_t added = 0;
  for (const auto& region : regions) {
    if (is_slip(region)) continue;
    removed += region.removed.size();
    added += region.added.size();
  }
  const auto nearly_none = [](std::size_t words) { return std::max<std::size_t>(3, words / 5); };
  if (added >= least_news && removed <= nearly_none(added)) return ChangeClass::addition;
  if (removed >= least_news && added <= nearly_none(removed)) return ChangeClass::cut;
  return changes_fact(regions, removed + added) ? ChangeClass::fact : ChangeClass::wording;
}

}  // namespace

ChangeClass classify(const std::vector<EditorialField>& before,
                     const std::vector<EditorialField>& after) {
  std::deque<Words> texts;      // regions point into them
  std::vector<Region> regions;  // of the running text
  bool headline = false;
  bool headline_slip = false;
  bool body = false;
  bool captions = false;
  bool image = false;
  bool correction = false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const std::string_view name = before[i].name;
    image = image || name == "image";
    correction = correction || (name == "correction" && !after[i].text.empty());
    const bool running = name == "alternativeHeadline" || name == "description" || name == "body" ||
                         name == "captions";
    if (name != "headline" && !running) continue;
    const auto& old_words = texts.emplace_back(read_words(before[i].text));
    const auto& new_words = texts.emplace_back(read_words(after[i].text));
    auto found = regions_of(old_words, new_words);
    if (name == "headline") {
      headline = !all_slips(found);
      headline_slip = !headline;
      continue;
    }
    (name == "captions" ? captions : body) = true;
    std::move(found.begin(), found.end(), std::back_inserter(regions));
  }
  if (correction || says_correction(added_text(regions))) return ChangeClass::correction;
  if (headline) return ChangeClass::headline;
  if (body || (captions && !image)) return class_of_text(regions);
  if (image) return ChangeClass::image;
  return headline_slip ? ChangeClass::typo : ChangeClass::metadata;
}

}  // namespace tinwatch::monitor
