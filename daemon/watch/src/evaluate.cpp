#include "evaluate.hpp"

#include "core/text.hpp"
#include "near.hpp"

#include <algorithm>
#include <re2/re2.h>
#include <tuple>

namespace tinwatch::watch {
namespace {

/// Fewer are looked up one by one; more are compared with what was found.
constexpr std::size_t many_terms = 16;
constexpr std::size_t most_places = 100'000;
constexpr int most_looks = 1'000;  // of one regular expression, in one field

template <class T>
bool holds(Compare compare, const T& left, const T& right) {
  switch (compare) {
    case Compare::at_least: return left >= right;
    case Compare::more: return left > right;
    case Compare::equal: return left == right;
    case Compare::less: return left < right;
    case Compare::at_most: return left <= right;
  }
  return false;
}

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}

Truth opposite(Truth a) {
  if (a == Truth::unknown) return a;
  return a == Truth::yes ? Truth::no : Truth::yes;
}

bool is_within_language(std::string_view language, std::string_view wanted) {
  return iequals(language.substr(0, wanted.size()), wanted) &&
         (language.size() == wanted.size() || language[wanted.size()] == '-');
}

}  // namespace

Evaluation::Evaluation(const Query& query, const TermNumbers& numbers, Happening& happening,
                       bool of_old_text, WorkBudget& budget)
    : query_(query),
      numbers_(numbers),
      happening_(happening),
      of_old_text_(of_old_text),
      budget_(budget) {
  const auto& steps = query_.steps();
  truths_.reserve(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    budget_.step();
    const auto& step = steps[i];
    Truth truth = Truth::no;
    switch (step.op) {
      case Query::Op::any: truth = any(step); break;
      case Query::Op::near: truth = near(i); break;
      case Query::Op::count: truth = count(step, steps[i - 1]); break;
      case Query::Op::pattern:
        truth = truth_of(!pattern_places(query_.patterns()[step.first], 1).empty());
        break;
      case Query::Op::condition: truth = condition(query_.conditions()[step.first]); break;
      case Query::Op::op_not: truth = opposite(truths_[i - 1]); break;
      case Query::Op::op_and: truth = both(truths_[step.first], truths_[i - 1]); break;
      case Query::Op::op_or:
        truth = opposite(both(opposite(truths_[step.first]), opposite(truths_[i - 1])));
        break;
    }
    truths_.push_back(truth);
  }
}

bool Evaluation::is_old(Edited edited) const {
  return edited == Edited::removed || (edited == Edited::any && of_old_text_);
}

const ReadText* Evaluation::side(Edited edited) const {
  const auto& text = is_old(edited) ? happening_.before : happening_.after;
  return text.text ? &text : nullptr;
}

bool Evaluation::is_edited(Edited edited, std::uint32_t first, std::uint32_t length) {
  if (edited == Edited::any) return true;
  const auto& tokens = happening_.edited_tokens(budget_);
  const auto& flags = edited == Edited::added ? tokens.added : tokens.removed;
  const auto begin = flags.begin() + first;
  return std::find(begin, begin + length, true) != begin + length;
}

void Evaluation::add_places(const Reading& reading, std::span<const Occurrence> found,
                            const Scope& scope, std::vector<Place>& out) {
  const bool old = is_old(scope.edited);
  const auto fields = reading.text().fields_of(scope);
  for (const auto& one : found) {
    budget_.step();
    if ((fields >> one.field & 1U) == 0 || !is_edited(scope.edited, one.token, one.length))
      continue;
    if (out.size() == most_places) return;
    out.push_back({one.token, one.length, one.field, old, scope.edited,
                   reading.tokens()[one.token].begin,
                   reading.tokens()[one.token + one.length - 1].end});
  }
}

std::vector<Place> Evaluation::places(const Query::Step& step) {
  std::vector<Place> out;
  const auto& scope = query_.terms()[step.first].scope;
  const auto* text = side(scope.edited);
  if (!text) return out;
  const auto ids = numbers_.ids.subspan(step.first, step.terms);
  const auto read = [&](TermId id) -> const Reading& {
    return *text->readings[static_cast<std::size_t>(numbers_.modes[id])];
  };
  if (ids.size() < many_terms) {
    for (const auto id : ids) {
      const auto& reading = read(id);
      add_places(reading, reading.of(id), scope, out);
    }
  } else {
    for (const auto& reading : text->readings) {
      if (!reading) continue;
      auto id = ids.begin();
      for (const auto& range : reading->found()) {
        budget_.step();
        id = std::lower_bound(id, ids.end(), range.term);
        if (id == ids.end()) break;
        if (*id == range.term) add_places(*reading, reading->of(range), scope, out);
      }
    }
  }
  if (ids.size() > 1)
    std::sort(out.begin(), out.end(), [](const Place& a, const Place& b) {
      return std::tuple(a.token, b.length) < std::tuple(b.token, a.length);
    });
  return out;
}

std::vector<Place> Evaluation::distinct_places(const Query::Step& step) {
  auto out = places(step);
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Place& a, const Place& b) { return a.token == b.token; }),
            out.end());
  return out;
}

Truth Evaluation::any(const Query::Step& step) {
  // Most terms of most queries are not there at all.
  const auto& scope = query_.terms()[step.first].scope;
  const auto* text = side(scope.edited);
  if (!text) return Truth::no;
  if (step.terms == 1) {
    const auto id = numbers_.ids[step.first];
    const auto& reading = *text->readings[static_cast<std::size_t>(numbers_.modes[id])];
    const auto found = reading.of(id);
    if (found.empty()) return Truth::no;
    const auto fields = reading.text().fields_of(scope);
    return truth_of(std::any_of(found.begin(), found.end(), [&](const Occurrence& one) {
      return (fields >> one.field & 1U) != 0 && is_edited(scope.edited, one.token, one.length);
    }));
  }
  return truth_of(!places(step).empty());
}

Truth Evaluation::near(std::size_t step) {
  const auto& steps = query_.steps();
  const auto left = steps[step].first;
  if (truths_[left] != Truth::yes || truths_[step - 1] != Truth::yes) return Truth::no;
  return truth_of(!places_near(step, 1).empty());
}

std::vector<Place> Evaluation::places_near(std::size_t step, std::size_t most) {
  const auto& steps = query_.steps();
  const auto& left = steps[steps[step].first];
  const auto& scope = query_.terms()[left.first].scope;
  return near_places(places(left), places(steps[step - 1]), steps[step].near,
                     side(scope.edited)->any().tokens(), most);
}

Truth Evaluation::count(const Query::Step& step, const Query::Step& of) {
  const auto found = static_cast<std::int64_t>(distinct_places(of).size());
  return truth_of(holds(step.compare, found, static_cast<std::int64_t>(step.first)));
}

std::vector<Place> Evaluation::pattern_places(const Pattern& pattern, std::size_t most) {
  std::vector<Place> out;
  const auto* text = side(pattern.scope.edited);
  if (!text) return out;
  const bool old = is_old(pattern.scope.edited);
  const auto fields = text->text->fields_of(pattern.scope);
  for (std::uint16_t field = 0; field < field_count; ++field) {
    if ((fields >> field & 1U) == 0) continue;
    const auto all = text->text->field(field);
    auto at = text->text->unread(field);
    re2::StringPiece found;
    for (int looks = 0; looks < most_looks && out.size() < most && !all.empty() && at <= all.size();
         ++looks) {
      budget_.step(1 + all.size() / 64);
      if (!pattern.regex->Match({all.data(), all.size()}, at, all.size(), RE2::UNANCHORED, &found,
                                1))
        break;
      const auto begin = static_cast<std::uint32_t>(found.data() - all.data());
      const auto end = begin + static_cast<std::uint32_t>(found.size());
      at = end > begin ? end : end + 1;
      if (pattern.scope.edited != Edited::any) {
        const auto [first, last] = text->any().tokens_of(field, begin, end);
        if (first == last || !is_edited(pattern.scope.edited, first, last - first)) continue;
      }
      out.push_back({.field = field,
                     .in_old_text = old,
                     .edited = pattern.scope.edited,
                     .begin = begin,
                     .end = end});
    }
  }
  return out;
}

Truth Evaluation::condition(const Condition& condition) const {
  const auto* of = side(Edited::any);
  const auto& text = of ? *of->text : *happening_.after.text;
  const auto& occasion = happening_.occasion;
  using Of = Condition::Of;
  switch (condition.of) {
    case Of::significance:
      return truth_of(holds(condition.compare, occasion.significance, condition.number));
    case Of::event: return truth_of(occasion.event == condition.text);
    case Of::change_class:
      return truth_of(occasion.change_class && label(*occasion.change_class) == condition.text);
    case Of::source: return truth_of(text.source() == condition.text);
    case Of::language: return truth_of(is_within_language(text.language(), condition.text));
    case Of::url:
      return truth_of(
          RE2::PartialMatch({text.url().data(), text.url().size()}, *condition.pattern));
    case Of::published: break;
  }
  if (!text.published()) return Truth::unknown;
  if (!condition.is_day)
    return truth_of(
        holds(condition.compare,
              static_cast<std::int64_t>(text.published()->at.time_since_epoch().count()),
              condition.moment));
  // A day is the one that the page prints, in its own zone.
  const auto printed = to_rfc3339(*text.published()).substr(0, 10);
  return truth_of(holds(condition.compare, printed, condition.text));
}

std::vector<Place> Evaluation::evidence_of(std::size_t step, std::size_t most) {
  const auto& steps = query_.steps();
  std::vector<bool> asked(step + 1, false);
  asked[step] = true;
  std::vector<Place> out;
  for (auto i = step + 1; i-- > 0;) {
    if (!asked[i] || truths_[i] != Truth::yes) continue;
    std::vector<Place> found;
    switch (steps[i].op) {
      case Query::Op::op_and:
      case Query::Op::op_or: asked[steps[i].first] = asked[i - 1] = true; break;
      case Query::Op::any: found = distinct_places(steps[i]); break;
      case Query::Op::count: found = distinct_places(steps[i - 1]); break;
      case Query::Op::pattern:
        found = pattern_places(query_.patterns()[steps[i].first], most);
        break;
      case Query::Op::near: found = places_near(i, most); break;
      case Query::Op::op_not:
      case Query::Op::condition: break;
    }
    out.insert(out.end(), found.begin(), found.end());
  }
  std::sort(out.begin(), out.end(), [](const Place& a, const Place& b) {
    return std::tie(a.in_old_text, a.field, a.begin, a.end) <
           std::tie(b.in_old_text, b.field, b.begin, b.end);
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Place& a, const Place& b) {
                          return a.in_old_text == b.in_old_text && a.field == b.field &&
                                 a.begin == b.begin && a.end == b.end;
                        }),
            out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace tinwatch::watch
