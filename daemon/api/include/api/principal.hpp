#pragma once

#include "core/scope.hpp"

#include <string>

namespace tinwatch::api {

/// Who asks, as far as it is known, and what of Tinwatch is open to them.
struct Principal {
  std::string name;  ///< a token's, or the one that a proxy gave; empty: nobody says
  Scopes scopes;
  /// What a form has to bring back as `csrf`; empty: nothing, since nobody is logged in.
  std::string csrf;
  std::string session;  ///< SHA-256 of the cookie; empty: no browser that logged in
  /// Its request says itself who asks, which no browser does unasked: no other site's page sent it.
  bool is_explicit = false;

  [[nodiscard]] bool may(Scope scope) const { return scopes.allow(scope); }
};

}  // namespace tinwatch::api
