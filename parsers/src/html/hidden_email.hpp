#pragma once

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// The address behind Cloudflare's e-mail obfuscation (`data-cfemail`): byte 0 is the key, the
/// others are XORed with it. The key differs between responses, so a page is decoded before it is
/// compared. Empty when `hex` is not such a code.
[[nodiscard]] std::string reveal_email(std::string_view hex);

}  // namespace tinwatch::parsers
