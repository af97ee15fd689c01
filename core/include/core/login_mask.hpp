#pragma once

#include <string>
#include <string_view>

/// Addresses without what one logs in with: the user and password before an `@`, and the values of
/// query parameters whose names say so (`token`, `apikey`, `sig` and the like).
namespace tinwatch {

/// What stands in its place.
inline constexpr std::string_view secret_mask = "<secret>";

/// An address without its user and password. What is no address comes back as it is.
[[nodiscard]] std::string mask_user(std::string_view address);
/// The same without what one logs in with by its query, too.
[[nodiscard]] std::string mask_login(std::string_view address);
/// The same of every address in a text for people; costs little where there is none.
[[nodiscard]] std::string mask_logins(std::string_view text);

}  // namespace tinwatch
