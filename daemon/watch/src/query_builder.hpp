#pragma once

#include "lexemes.hpp"
#include "watch/query.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::watch {

/// Where something is looked for, while a query is read.
struct OpenScope {
  Scope scope;
  bool in_case = false;
  bool names_fields = false;
  friend bool operator==(const OpenScope&, const OpenScope&) = default;
};

/// Puts the parts of a query together. Faults are thrown as QueryFault and caught by `Query`.
class QueryBuilder {
 public:
  QueryBuilder(std::string_view text, const QuerySettings& settings)
      : text_(text), settings_(settings) {}

  std::vector<Query::Step>& steps() { return query_.steps_; }
  std::vector<QueryFault>& query_warnings() { return extras_.warnings; }
  std::vector<Term>& query_terms() { return query_.terms_; }
  [[noreturn]] void fail_at(std::size_t at, std::string message) const {
    throw fault_in(text_, at, std::move(message));
  }

  /// The words of a lexeme and of its aliases, one beside the other: a step of `any`.
  Query::Step terms(const Lexeme& lexeme, const OpenScope& scope);
  Query::Step pattern(const Lexeme& lexeme, const Scope& scope);
  Query::Step condition(const Lexeme& lexeme);
  /// `scope` within `outer`.
  OpenScope narrowed(const OpenScope& outer, const Lexeme& scope) const;
  Query finish();

 private:
  void add_term(const Lexeme& lexeme, std::string_view words, Mode mode, const OpenScope& scope);
  std::shared_ptr<const re2::RE2> compile(const Lexeme& lexeme, std::string_view pattern) const;

  std::string_view text_;
  const QuerySettings& settings_;
  Query query_;
  Query::Extras extras_;
};

}  // namespace tinwatch::watch
