#pragma once

#include "core/result.hpp"
#include "core/types.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Standard Webhooks 1.0 (standardwebhooks.com): how a receiver knows that a message is ours.
namespace tinwatch::alerts {

/// The key bytes of `whsec_BASE64`, 24 to 64 of them; the error is for people and holds no secret.
[[nodiscard]] Result<std::string, std::string> parse_secret(std::string_view text);

/// The value of `webhook-signature`: one `v1,BASE64` a key, with a blank between, over
/// `id.timestamp.body` (HMAC-SHA-256). Several keys during a rotation.
[[nodiscard]] std::string sign(const std::vector<std::string>& keys, std::string_view id,
                               Instant at, std::string_view body);

/// Seconds since 1970, as `webhook-timestamp` has them.
[[nodiscard]] std::string webhook_timestamp(Instant at);

}  // namespace tinwatch::alerts
