#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace tinwatch {

/// What a token allows to ask over the network; all but `none` are words of `tinwatch token
/// create`.
enum class Scope : std::uint8_t {
  read,     ///< all that is shown
  watch,    ///< watches, snoozes, verdicts: what people change while they work
  metrics,  ///< /metrics
  feed,     ///< feeds alone
  admin     ///< everything
};
[[nodiscard]] std::string_view label(Scope scope);
[[nodiscard]] std::optional<Scope> scope_from(std::string_view word);

/// A set of scopes; empty: it allows nothing.
class Scopes {
 public:
  constexpr Scopes() = default;
  constexpr Scopes(std::initializer_list<Scope> scopes) {
    for (const auto scope : scopes) add(scope);
  }

  constexpr void add(Scope scope) { bits_ = static_cast<std::uint8_t>(bits_ | bit(scope)); }
  /// `admin` allows everything, `read` feeds too.
  [[nodiscard]] constexpr bool allow(Scope scope) const {
    return has(scope) || has(Scope::admin) || (scope == Scope::feed && has(Scope::read));
  }
  [[nodiscard]] constexpr bool is_empty() const { return bits_ == 0; }
  friend constexpr bool operator==(Scopes, Scopes) = default;

 private:
  static constexpr unsigned bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
  [[nodiscard]] constexpr bool has(Scope scope) const { return (bits_ & bit(scope)) != 0; }
  friend std::string to_text(Scopes scopes);

  std::uint8_t bits_ = 0;
};

/// `read,watch`: in the order of `Scope`.
[[nodiscard]] std::string to_text(Scopes scopes);
/// The inverse, in any order, blanks round a comma; nothing for a word that is no scope, or none.
[[nodiscard]] std::optional<Scopes> scopes_from(std::string_view text);

}  // namespace tinwatch
