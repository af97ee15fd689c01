#pragma once

#include "core/result.hpp"
#include "watch/query.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::watch {

/// A piece of a query.
struct Lexeme {
  enum class Kind {
    open,
    close,
    op_and,
    op_or,
    op_not,
    near,
    scope,
    term,
    regex,
    count,
    condition
  };
  Kind kind = Kind::term;
  std::size_t at = 0;      ///< byte of the query
  std::string_view text;   ///< a term's words, a scope's or a condition's name, a pattern
  std::string_view shown;  ///< as it stands there
  bool quoted = false;
  bool itself = false;     ///< `=term`: whatever its aliases
  bool is_prefix = false;  ///< `stem*`
  bool any_case = false;   ///< of a pattern
  Compare compare = Compare::equal;
  std::int64_t number = 0;  ///< of near and count
  std::string_view value;   ///< of a condition
};

/// A piece of a query, for a message.
[[nodiscard]] std::string shown(std::string_view text);
/// A place in a query, and what is wrong there.
[[nodiscard]] QueryFault fault_in(std::string_view query, std::size_t at, std::string message);

/// The pieces; what no query means is a fault, what is hardly meant goes to `warnings`.
[[nodiscard]] Result<std::vector<Lexeme>, QueryFault> lexemes_of(std::string_view query,
                                                                 std::vector<QueryFault>& warnings);

// foreign_signs.cpp
/// What somebody who comes from another program meant by `word`, and what to write here; empty:
/// nothing but words. `rest` is the query from there on.
[[nodiscard]] std::string foreign_sign(std::string_view word, std::string_view rest);
/// Of a scope that does not exist.
[[nodiscard]] std::string unknown_scope(std::string_view name);
/// The nearest of `names`, in quotes; empty: none is near.
[[nodiscard]] std::string nearest_name(std::string_view name,
                                       const std::vector<std::string_view>& names);

/// Whether any character is of a token.
[[nodiscard]] bool has_token(std::string_view text);

}  // namespace tinwatch::watch
