#include "watch/match.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace tinwatch::watch {
namespace {

constexpr std::size_t most_hits = 50;
constexpr std::size_t longest_gap = 256;         // bytes: no phrase runs on over more
constexpr std::size_t longest_sentence = 2'000;  // bytes before a hit, and behind it

/// What stands between two words, without blanks, typographic apostrophes made plain.
std::string punctuation(std::string_view gap) {
  std::string out;
  for (const auto word : words(gap)) out += word;
  for (auto at = out.find("\u2019"); at != std::string::npos; at = out.find("\u2019", at + 1))
    out.replace(at, 3, "'");
  return out;
}

bool is_capital_word(std::string_view printed) { return fold_case(printed) != printed; }

/// Whether a phrase may run on over `gap`: blanks, one joining sign, a full stop after an
/// abbreviation, or just the punctuation the query has; never over a paragraph break.
bool may_join(std::string_view gap, std::string_view printed_before, std::string_view query_gap) {
  if (gap == " ") return true;
  if (gap.size() > longest_gap || gap.find("\n\n") != std::string_view::npos) return false;
  const auto sign = punctuation(gap);
  if (sign.empty() || sign == punctuation(query_gap)) return true;
  constexpr std::array joining = {"-", "\u2013", "\u2014", "/", "_", "&", "'"};
  if (std::find(joining.begin(), joining.end(), sign) != joining.end()) return true;
  return sign == "." &&
         (gap == "." || (printed_before.size() <= 4 && is_capital_word(printed_before)));
}

bool found_at(const Query::Term& term, const Haystack::Field& field, std::size_t start) {
  if (start + term.tokens.size() > field.tokens.size()) return false;
  for (std::size_t i = 0; i < term.tokens.size(); ++i) {
    const auto& token = field.tokens[start + i];
    if (token.folded != term.tokens[i].folded) return false;
    if (i == 0) continue;
    const auto& before = field.tokens[start + i - 1];
    const auto text = std::string_view(field.text);
    if (!may_join(text.substr(before.end, token.begin - before.end),
                  text.substr(before.begin, before.end - before.begin), term.gaps[i - 1]))
      return false;
  }
  return true;
}

std::vector<Hit> find(const Query::Term& term, const Haystack& haystack, WorkBudget& budget) {
  std::vector<Hit> hits;
  budget.step();
  for (const auto& place : haystack.places_of(term.tokens.front().folded)) {
    if (hits.size() == most_hits) break;
    budget.step(term.tokens.size());
    const auto& field = haystack.fields()[place.field];
    if (!term.field.empty() && term.field != field.name) continue;
    if (!found_at(term, field, place.token)) continue;
    const auto begin = field.tokens[place.token].begin;
    const auto end = field.tokens[place.token + term.tokens.size() - 1].end;
    hits.push_back(
        {field.name, begin, squeeze(std::string_view(field.text).substr(begin, end - begin))});
  }
  return hits;
}

/// The sentences of a record that hold a hit.
std::vector<std::string> matched_sentences(const Haystack& haystack, const std::vector<Hit>& hits) {
  std::vector<std::string> out;
  for (const auto& hit : hits) {
    for (const auto& field : haystack.fields()) {
      if (field.name != hit.field) continue;
      const auto ends = [](char c) { return c == '.' || c == '!' || c == '?' || c == '\n'; };
      std::size_t begin = hit.offset;
      const auto first = begin - std::min(begin, longest_sentence);
      while (begin > first && !ends(field.text[begin - 1])) --begin;
      std::size_t end = std::min(hit.offset + hit.words.size(), field.text.size());
      const auto last = end + std::min(field.text.size() - end, longest_sentence);
      while (end < last && !ends(field.text[end])) ++end;
      out.push_back(squeeze(std::string_view(field.text).substr(begin, end - begin)));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

Haystack::Haystack(std::vector<EditorialField> fields, Mode mode) {
  for (auto& field : fields) {
    Field one{std::move(field.name), std::move(field.text), {}};
    one.tokens = tokenise(one.text, mode);
    fields_.push_back(std::move(one));
  }
  for (std::uint32_t field = 0; field < fields_.size(); ++field)
    for (std::uint32_t token = 0; token < fields_[field].tokens.size(); ++token)
      by_word_.push_back(
          {std::hash<std::string>{}(fields_[field].tokens[token].folded), field, token});
  std::sort(by_word_.begin(), by_word_.end());
}

std::span<const Haystack::Place> Haystack::places_of(const std::string& folded) const {
  const auto hash = std::hash<std::string>{}(folded);
  const auto first = std::lower_bound(by_word_.begin(), by_word_.end(), Place{.hash = hash});
  auto last = first;
  while (last != by_word_.end() && last->hash == hash) ++last;
  return {first, last};
}

std::vector<EditorialField> watched_fields(const EditorialState& state) {
  std::vector<EditorialField> out;
  for (const auto& field : state.fields)
    if (field.name != "datePublished" && field.name != "image") out.push_back(field);
  return out;
}

Match match(const Query& query, const Haystack& haystack) {
  WorkBudget budget;
  return match(query, haystack, budget);
}

Match match(const Query& query, const Haystack& haystack, WorkBudget& budget) {
  std::vector<Match> stack;
  for (const auto& step : query.steps()) {
    if (step.op == Query::Op::term) {
      auto hits = find(query.terms()[step.term], haystack, budget);
      const bool found = !hits.empty();
      stack.push_back({found, std::move(hits)});
      continue;
    }
    auto right = std::move(stack.back());
    stack.pop_back();
    if (step.op == Query::Op::op_not) {
      stack.push_back({!right.matches, {}});
      continue;
    }
    auto& left = stack.back();
    left.matches = step.op == Query::Op::op_and ? left.matches && right.matches
                                                : left.matches || right.matches;
    std::move(right.hits.begin(), right.hits.end(), std::back_inserter(left.hits));
  }
  auto result = std::move(stack.back());
  if (!result.matches) result.hits.clear();
  if (result.hits.size() > most_hits) result.hits.resize(most_hits);
  return result;
}

std::string_view label(Transition transition) {
  switch (transition) {
    case Transition::appeared: return "appeared";
    case Transition::disappeared: return "disappeared";
    case Transition::changed: return "changed";
  }
  return "";
}

Comparison::Texts& Comparison::texts(Mode mode, WorkBudget& budget) {
  auto& known = texts_[static_cast<std::size_t>(mode)];
  if (!known) {
    known.emplace(Texts{Haystack(watched_fields(after_), mode), std::nullopt});
    budget.look();
    if (before_) known->then.emplace(watched_fields(*before_), mode);
    budget.look();
  }
  return *known;
}

std::optional<WatchHit> Comparison::find(const Query& query, WorkBudget& budget) {
  const auto& [now, then] = texts(query.mode(), budget);
  auto found_now = match(query, now, budget);
  if (!then) {
    if (!found_now.matches) return std::nullopt;
    return WatchHit{Transition::appeared, std::move(found_now.hits)};
  }
  auto found_then = match(query, *then, budget);
  if (found_now.matches && !found_then.matches)
    return WatchHit{Transition::appeared, std::move(found_now.hits)};
  if (!found_now.matches && found_then.matches)
    return WatchHit{Transition::disappeared, std::move(found_then.hits)};
  if (!found_now.matches) return std::nullopt;
  if (matched_sentences(*then, found_then.hits) == matched_sentences(now, found_now.hits))
    return std::nullopt;
  return WatchHit{Transition::changed, std::move(found_now.hits)};
}

}  // namespace tinwatch::watch
