#include "search/index_query.hpp"

#include "watch/folded_words.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tinwatch::search {
namespace {

using storage::IndexQuery;
using watch::Query;

/// How deep an index is asked: its engine reads no deeper. What is deeper is asked of the texts.
constexpr int deepest = 20;

/// What a step is asked of the index as.
struct Asked {
  IndexQuery query;
  int depth = 0;  ///< of operators within others
};
/// Nothing: any text.
using Part = std::optional<Asked>;

/// A chain of one operator is no deeper than its members.
int depth_within(const Asked& part, IndexQuery::Op op) {
  const auto own = part.query.steps.back().op;
  return own == IndexQuery::Op::term || own == op ? part.depth : part.depth + 1;
}

Part joined(Part left, Part right, IndexQuery::Op op) {
  const bool is_either = op == IndexQuery::Op::either;
  if (!left || !right) {
    if (is_either) return std::nullopt;
    return left ? std::move(left) : std::move(right);
  }
  const auto depth = std::max(depth_within(*left, op), depth_within(*right, op));
  if (depth > deepest) {
    if (is_either) return std::nullopt;
    return left->depth < right->depth ? std::move(left) : std::move(right);
  }
  auto& steps = left->query.steps;
  for (auto& step : right->query.steps) steps.push_back(std::move(step));
  steps.push_back({.op = op, .term = {}});
  left->depth = depth;
  return left;
}

Part part_of(const watch::Term& term) {
  auto words = watch::folded_words(term);
  if (words.empty()) return std::nullopt;
  Asked out;
  out.query.steps.push_back(
      {.op = IndexQuery::Op::term,
       .term = {
           .words = std::move(words), .is_prefix = term.is_prefix, .fields = term.scope.fields}});
  return out;
}

/// Whether it can be so where nothing is found.
bool may_be_none(const Query::Step& count) {
  switch (count.compare) {
    case watch::Compare::at_least:
    case watch::Compare::equal: return count.first == 0;
    case watch::Compare::more: return false;
    case watch::Compare::less:
    case watch::Compare::at_most: return true;
  }
  return true;
}

/// One of some terms that stand beside each other.
Part part_of(const Query& query, const Query::Step& step) {
  Part out = part_of(query.terms()[step.first]);
  for (std::uint32_t i = 1; i < step.terms && out; ++i)
    out = joined(std::move(out), part_of(query.terms()[step.first + i]), IndexQuery::Op::either);
  return out;
}

}  // namespace

storage::IndexQuery index_query(const Query& query) {
  std::vector<Part> stack;
  const auto pop = [&] {
    auto out = std::move(stack.back());
    stack.pop_back();
    return out;
  };
  for (const auto& step : query.steps()) {
    switch (step.op) {
      case Query::Op::any: stack.push_back(part_of(query, step)); break;
      case Query::Op::pattern:
      case Query::Op::condition: stack.emplace_back(); break;
      case Query::Op::count:
        if (may_be_none(step)) stack.back().reset();
        break;
      case Query::Op::op_not: stack.back().reset(); break;
      case Query::Op::near:
      case Query::Op::op_and:
      case Query::Op::op_or: {
        auto right = pop();
        auto left = pop();
        const auto op = step.op == Query::Op::op_or ? IndexQuery::Op::either : IndexQuery::Op::both;
        stack.push_back(joined(std::move(left), std::move(right), op));
      }
    }
  }
  if (stack.empty() || !stack.back()) return {};
  return std::move(stack.back()->query);
}

}  // namespace tinwatch::search
