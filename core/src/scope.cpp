#include "core/scope.hpp"

#include "core/text.hpp"

#include <array>

namespace tinwatch {
namespace {

constexpr std::array all_scopes{Scope::read, Scope::watch, Scope::metrics, Scope::feed,
                                Scope::admin};

}  // namespace

std::string_view label(Scope scope) {
  switch (scope) {
    case Scope::read: return "read";
    case Scope::watch: return "watch";
    case Scope::metrics: return "metrics";
    case Scope::feed: return "feed";
    case Scope::admin: return "admin";
  }
  return "";
}

std::optional<Scope> scope_from(std::string_view word) {
  for (const auto scope : all_scopes)
    if (label(scope) == word) return scope;
  return std::nullopt;
}

std::string to_text(Scopes scopes) {
  std::string out;
  for (const auto scope : all_scopes)
    if (scopes.has(scope)) (out += out.empty() ? "" : ",") += label(scope);
  return out;
}

std::optional<Scopes> scopes_from(std::string_view text) {
  Scopes out;
  for (const auto word : split(text, ',')) {
    const auto scope = scope_from(trim(word));
    if (!scope) return std::nullopt;
    out.add(*scope);
  }
  return out;
}

}  // namespace tinwatch
