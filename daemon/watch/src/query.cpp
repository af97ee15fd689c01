#include "watch/query.hpp"

#include "core/text.hpp"
#include "query_builder.hpp"

#include <algorithm>

namespace tinwatch::watch {
namespace {

using Kind = Lexeme::Kind;

constexpr std::size_t longest_query = 16 * 1024;  // bytes
constexpr std::size_t most_terms = 200;

int precedence(Kind kind) {
  if (kind == Kind::op_not) return 4;
  if (kind == Kind::near) return 3;
  if (kind == Kind::op_and) return 2;
  return kind == Kind::op_or ? 1 : 0;
}

/// A part of the query that is written already, in one piece.
struct Operand {
  std::size_t first = 0;  ///< its first step
  std::size_t at = 0;
};

/// Dijkstra's shunting yard, so that depth is no recursion.
class Parser {
 public:
  Parser(std::string_view text, const QuerySettings& settings)
      : text_(text), builder_(text, settings) {}

  Query run() {
    if (text_.size() > longest_query)
      builder_.fail_at(longest_query, "a query of more than 16 KiB");
    auto lexemes = lexemes_of(text_, builder_.query_warnings());
    if (!lexemes) throw std::move(lexemes.error());
    if (lexemes->empty())
      builder_.fail_at(0, trim(text_).empty()
                              ? "the query is empty; expected a word, a \"phrase\" or '('"
                              : "no letter or digit; expected a word or a \"phrase\"");
    for (const auto& lexeme : *lexemes) take(lexeme);
    const auto& last = lexemes->back();
    if (operand_wanted_)
      builder_.fail_at(last.at, "nothing behind " + shown(last.shown) +
                                    "; expected a word, a \"phrase\" or '('");
    reduce_to(1);
    if (!waiting_.empty())
      builder_.fail_at(waiting_.back().at, "'(' is never closed; expected ')'");
    warn_of_bare_words(*lexemes);
    return builder_.finish();
  }

 private:
  struct Waiting {
    Kind kind = Kind::open;
    std::size_t at = 0;
    std::uint16_t near = 0;
    OpenScope outer;  ///< of a parenthesis: what is in force behind it
  };

  void take(const Lexeme& lexeme) {
    switch (lexeme.kind) {
      case Kind::op_and:
      case Kind::op_or:
      case Kind::near: {
        if (operand_wanted_) complain_of_place(lexeme);
        reduce_to(precedence(lexeme.kind));
        waiting_.push_back({lexeme.kind, lexeme.at, static_cast<std::uint16_t>(lexeme.number), {}});
        operand_wanted_ = true;
        return;
      }
      case Kind::close: {
        if (operand_wanted_) complain_of_place(lexeme);
        reduce_to(1);
        if (waiting_.empty()) builder_.fail_at(lexeme.at, "')' without '('");
        scope_ = waiting_.back().outer;
        waiting_.pop_back();
        return;
      }
      case Kind::op_not:
        if (scoped_)
          builder_.fail_at(lexeme.at,
                           "NOT behind a colon; write it before the field: NOT headline:word");
        if (operand_wanted_ && !waiting_.empty() && waiting_.back().kind == Kind::op_not)
          builder_.fail_at(lexeme.at, "two signs of NOT; write one");
        join_side_by_side(lexeme);
        waiting_.push_back({Kind::op_not, lexeme.at, 0, {}});
        operand_wanted_ = true;
        return;
      case Kind::scope:
        join_side_by_side(lexeme);
        if (!scoped_) pending_ = scope_;
        pending_ = builder_.narrowed(pending_, lexeme);
        scoped_ = true;
        operand_wanted_ = true;
        return;
      case Kind::open:
        join_side_by_side(lexeme);
        waiting_.push_back({Kind::open, lexeme.at, 0, scope_});
        if (scoped_) scope_ = pending_;
        scoped_ = false;
        operand_wanted_ = true;
        return;
      case Kind::term:
      case Kind::regex:
      case Kind::count:
      case Kind::condition: primary(lexeme); return;
    }
  }

  void complain_of_place(const Lexeme& lexeme) const {
    if (scoped_)
      builder_.fail_at(
          lexeme.at, shown(lexeme.shown) + " behind a colon; expected a word, a \"phrase\" or '('");
    builder_.fail_at(lexeme.at, "nothing before " + shown(lexeme.shown) +
                                    "; expected a word, a \"phrase\" or '('");
  }

  void join_side_by_side(const Lexeme& lexeme) {
    if (operand_wanted_) return;
    reduce_to(precedence(Kind::op_and));
    waiting_.push_back({Kind::op_and, lexeme.at, 0, {}});
    operand_wanted_ = true;
  }

  void primary(const Lexeme& lexeme) {
    join_side_by_side(lexeme);
    const auto scope = scoped_ ? pending_ : scope_;
    scoped_ = false;
    operand_wanted_ = false;
    auto& steps = builder_.steps();
    operands_.push_back({steps.size(), lexeme.at});
    if (lexeme.kind != Kind::condition && ++terms_ > most_terms)
      builder_.fail_at(lexeme.at, "more than " + std::to_string(most_terms) +
                                      " terms; write several watches, or phrases:");
    if (lexeme.kind == Kind::regex) {
      steps.push_back(builder_.pattern(lexeme, scope.scope));
      return;
    }
    if (lexeme.kind == Kind::condition) {
      if (scope != OpenScope{})
        builder_.fail_at(lexeme.at,
                         "a condition has no field; write it outside of the field's parentheses");
      if (++conditions_ > most_terms) builder_.fail_at(lexeme.at, "more than 200 conditions");
      steps.push_back(builder_.condition(lexeme));
      return;
    }
    steps.push_back(builder_.terms(lexeme, scope));
    if (lexeme.kind == Kind::count)
      steps.push_back({.op = Query::Op::count,
                       .compare = lexeme.compare,
                       .first = static_cast<std::uint32_t>(lexeme.number)});
  }

  void reduce_to(int least) {
    while (!waiting_.empty() && waiting_.back().kind != Kind::open &&
           precedence(waiting_.back().kind) >= least) {
      const auto op = waiting_.back();
      waiting_.pop_back();
      auto& steps = builder_.steps();
      if (op.kind == Kind::op_not) {
        operands_.back().at = op.at;
        steps.push_back({.op = Query::Op::op_not});
        continue;
      }
      const auto right = operands_.back();
      operands_.pop_back();
      auto& left = operands_.back();
      if (op.kind == Kind::near) {
        near(op, left, right);
        continue;
      }
      steps.push_back({.op = op.kind == Kind::op_and ? Query::Op::op_and : Query::Op::op_or,
                       .first = static_cast<std::uint32_t>(right.first - 1)});
    }
  }

  /// Steps [first, end) as one `any`: a term, or a group of terms with OR.
  Query::Step operand_of_near(const Operand& operand, std::size_t end) {
    auto& steps = builder_.steps();
    Query::Step out{.op = Query::Op::any};
    for (auto i = operand.first; i < end; ++i) {
      const auto& step = steps[i];
      if (step.op == Query::Op::near)
        builder_.fail_at(operand.at, "NEAR beside NEAR; write a NEAR/5 b AND b NEAR/5 c");
      if (step.op != Query::Op::any && step.op != Query::Op::op_or)
        builder_.fail_at(
            operand.at,
            "NEAR stands between two of: a word, a \"phrase\", a group of these with OR");
      if (step.op == Query::Op::op_or) continue;
      if (out.terms == 0) out.first = step.first;
      out.terms += step.terms;
    }
    return out;
  }

  void near(const Waiting& op, Operand& left, const Operand& right) {
    auto& steps = builder_.steps();
    const auto second = operand_of_near(right, steps.size());
    const auto first = operand_of_near(left, right.first);
    const auto& terms = builder_.query_terms();
    const auto& scope = terms[first.first].scope;
    for (auto i = first.first; i < second.first + second.terms; ++i)
      if (terms[i].scope != scope)
        builder_.fail_at(
            op.at,
            "NEAR between two fields; write the field before parentheses: headline:(a NEAR/5 b)");
    steps.resize(left.first);
    steps.push_back(first);
    steps.push_back(second);
    steps.push_back(
        {.op = Query::Op::near, .near = op.near, .first = static_cast<std::uint32_t>(left.first)});
  }

  void warn_of_bare_words(const std::vector<Lexeme>& lexemes) {
    const auto is_bare = [](const Lexeme& one) {
      return one.kind == Kind::term && !one.quoted && !one.itself && !one.is_prefix;
    };
    for (std::size_t i = 0; i + 1 < lexemes.size(); ++i) {
      if (!is_bare(lexemes[i]) || !is_bare(lexemes[i + 1])) continue;
      auto end = i;
      std::string both;
      for (; end < lexemes.size() && is_bare(lexemes[end]); ++end)
        (both += both.empty() ? "" : " ") += lexemes[end].text;
      builder_.query_warnings().push_back(fault_in(
          text_, lexemes[i].at,
          "these are " + std::to_string(end - i) +
              " conditions, each anywhere in the article; for the words side by side write \"" +
              clipped(both, 60) + "\""));
      return;
    }
  }

  std::string_view text_;
  QueryBuilder builder_;
  std::vector<Waiting> waiting_;
  std::vector<Operand> operands_;
  OpenScope scope_;    // in force
  OpenScope pending_;  // of the primary that must come next
  bool scoped_ = false;
  bool operand_wanted_ = true;
  std::size_t terms_ = 0;
  std::size_t conditions_ = 0;
};

}  // namespace

Result<Query, QueryFault> Query::parse(std::string_view text, const QuerySettings& settings) {
  try {
    return Parser(text, settings).run();
  } catch (QueryFault& fault) {
    return fail(std::move(fault));
  }
}

}  // namespace tinwatch::watch
