#include "triggers.hpp"

namespace tinwatch::watch {
namespace {

struct Trigger {
  bool always = true;
  double common = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> terms;
};

/// Whether a count can hold of a text without the term.
bool holds_of_none(const Query::Step& step) {
  switch (step.compare) {
    case Compare::at_least:
    case Compare::equal: return step.first == 0;
    case Compare::more: return false;
    case Compare::less:
    case Compare::at_most: return true;
  }
  return true;
}

Trigger rarer(Trigger a, Trigger b) {
  if (a.always) return b;
  if (b.always) return a;
  return a.common <= b.common ? std::move(a) : std::move(b);
}

Trigger either(Trigger a, Trigger b) {
  if (a.always || b.always) return {};
  a.common += b.common;
  a.terms.insert(a.terms.end(), b.terms.begin(), b.terms.end());
  return a;
}

}  // namespace

std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> trigger_of(
    const Query& query, const std::function<double(std::size_t term)>& how_common) {
  std::vector<Trigger> stack;
  const auto pop = [&] {
    auto top = std::move(stack.back());
    stack.pop_back();
    return top;
  };
  for (const auto& step : query.steps()) {
    switch (step.op) {
      case Query::Op::any: {
        Trigger out{.always = false, .terms = {{step.first, step.first + step.terms}}};
        for (auto i = step.first; i < step.first + step.terms; ++i) out.common += how_common(i);
        stack.push_back(std::move(out));
        break;
      }
      case Query::Op::near:
      case Query::Op::op_and: {
        auto right = pop();
        stack.back() = rarer(std::move(stack.back()), std::move(right));
        break;
      }
      case Query::Op::op_or: {
        auto right = pop();
        stack.back() = either(std::move(stack.back()), std::move(right));
        break;
      }
      case Query::Op::count:
        if (holds_of_none(step)) stack.back() = {};
        break;
      case Query::Op::op_not: stack.back() = {}; break;
      case Query::Op::pattern:
      case Query::Op::condition: stack.emplace_back(); break;
    }
  }
  if (stack.back().always) return std::nullopt;
  return std::move(stack.back().terms);
}

bool Query::is_always_asked() const {
  return !trigger_of(*this, [](std::size_t) { return 1.0; });
}

}  // namespace tinwatch::watch
