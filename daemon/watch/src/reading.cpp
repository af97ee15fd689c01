#include "reading.hpp"

#include <algorithm>
#include <tuple>

namespace tinwatch::watch {
namespace {

constexpr std::size_t usual_token = 5;  // bytes, for making room
constexpr std::size_t most_found = 1'000'000;

}  // namespace

Reading::Reading(const ArticleText& text, const Lexicon& lexicon, WorkBudget& budget)
    : text_(&text), lexicon_(&lexicon) {
  cut(budget);
  search(budget);
  std::sort(found_.begin(), found_.end(), [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.term, a.token) < std::tie(b.term, b.token);
  });
  for (std::uint32_t i = 0; i < found_.size(); ++i) {
    if (ranges_.empty() || ranges_.back().term != found_[i].term)
      ranges_.push_back({found_[i].term, i, i});
    ranges_.back().end = i + 1;
  }
}

void Reading::cut(WorkBudget& budget) {
  std::size_t bytes = 0;
  for (std::size_t field = 0; field < field_count; ++field) bytes += text_->field(field).size();
  tokens_.reserve(bytes / usual_token);
  std::uint32_t paragraph = 0;
  std::vector<TokenId> ids;
  for (std::size_t field = 0; field < field_count; ++field) {
    field_begins_[field] = static_cast<std::uint32_t>(tokens_.size());
    const auto text = text_->field(field);
    const auto unread = text_->unread(field);
    TokenCutter cutter(text, lexicon_->mode());
    CutToken token;
    while (cutter.next(token)) {
      budget.step();
      if (token.gap == Gap::breaks) ++paragraph;
      const bool is_read = token.begin >= unread;
      if (is_read && lexicon_->has_prefixes()) {
        ids.clear();
        lexicon_->prefix_ids(token, text.substr(token.begin, token.end - token.begin), ids);
        for (const auto id : ids)
          beginnings_.emplace_back(static_cast<std::uint32_t>(tokens_.size()), id);
      }
      tokens_.push_back({token.begin, token.end, is_read ? lexicon_->word_id(token.key) : none,
                         paragraph, token.gap});
    }
  }
  field_begins_[field_count] = static_cast<std::uint32_t>(tokens_.size());
}

void Reading::search(WorkBudget& budget) {
  auto beginning = beginnings_.begin();
  for (std::uint16_t field = 0; field < field_count; ++field)
    for (auto first = field_begins_[field]; first < field_begins_[field + 1]; ++first) {
      if (const auto node = lexicon_->first_step(tokens_[first].id); node != 0)
        walk(node, first, first, field, false, budget);
      for (; beginning != beginnings_.end() && beginning->first == first; ++beginning)
        take_endings(lexicon_->first_step(beginning->second), first, first, field, false);
    }
}

/// From a node that tokens [first, last] lead to.
void Reading::walk(std::uint32_t node, std::uint32_t first, std::uint32_t last, std::uint16_t field,
                   bool over_signs, WorkBudget& budget) {
  for (;;) {
    take_endings(node, first, last, field, over_signs);
    if (++last >= field_begins_[field + 1] || tokens_[last].gap == Gap::breaks) return;
    over_signs = over_signs || tokens_[last].gap == Gap::signs;
    if (!beginnings_.empty()) {
      auto at =
          std::lower_bound(beginnings_.begin(), beginnings_.end(), std::pair(last, TokenId{0}));
      for (; at != beginnings_.end() && at->first == last; ++at)
        if (const auto next = lexicon_->step(node, at->second); next != 0)
          take_endings(next, first, last, field, over_signs);  // nothing comes behind a prefix
    }
    const auto id = tokens_[last].id;
    if (id == none) return;
    node = lexicon_->step(node, id);
    if (node == 0) return;
    budget.step();
  }
}

void Reading::take_endings(std::uint32_t node, std::uint32_t first, std::uint32_t last,
                           std::uint16_t field, bool over_signs) {
  if (node == 0) return;
  for (auto i = lexicon_->ending_at(node); i != none; i = lexicon_->ending(i).other) {
    const auto& ending = lexicon_->ending(i);
    if (over_signs && !ending.strict) continue;
    if (ending.strict && !fits(*ending.strict, first, last, field)) continue;
    if (found_.size() == most_found) return;
    found_.push_back({ending.term, first, static_cast<std::uint16_t>(last - first + 1), field});
  }
}

bool Reading::fits(const Term::Strict& strict, std::uint32_t first, std::uint32_t last,
                   std::uint16_t field) const {
  const auto text = text_->field(field);
  for (auto i = first + 1; i <= last; ++i) {
    if (tokens_[i].gap != Gap::signs) continue;
    const auto between = text.substr(tokens_[i - 1].end, tokens_[i].begin - tokens_[i - 1].end);
    const auto& wanted = strict.gaps[i - first - 1];
    if (wanted.empty() || signs_of(between) != wanted) return false;
  }
  if (strict.letters.empty()) return true;
  std::u16string letters;
  for (auto i = first; i <= last; ++i) {
    if (i > first) letters += u' ';
    letters += letters_in_case(printed(field, i));
  }
  // Of a prefix, what its letters stand behind is free.
  return strict.prefix_length > 0 ? letters.starts_with(strict.letters) : letters == strict.letters;
}

std::pair<std::uint32_t, std::uint32_t> Reading::tokens_of(std::size_t field, std::uint32_t begin,
                                                           std::uint32_t end) const {
  const auto begin_of_field = tokens_.begin() + field_begins_[field];
  const auto end_of_field = tokens_.begin() + end_of(field);
  const auto first =
      std::upper_bound(begin_of_field, end_of_field, begin,
                       [](std::uint32_t at, const TextToken& one) { return at < one.end; });
  const auto last =
      std::lower_bound(first, end_of_field, end,
                       [](const TextToken& one, std::uint32_t at) { return one.begin < at; });
  return {static_cast<std::uint32_t>(first - tokens_.begin()),
          static_cast<std::uint32_t>(last - tokens_.begin())};
}

std::span<const Occurrence> Reading::of(TermId term) const {
  const auto found = std::lower_bound(ranges_.begin(), ranges_.end(), term,
                                      [](const Range& a, TermId id) { return a.term < id; });
  if (found == ranges_.end() || found->term != term) return {};
  return of(*found);
}

}  // namespace tinwatch::watch
