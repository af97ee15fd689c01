#include "alerts/standard_webhook.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

namespace tinwatch::alerts {

Result<std::string, std::string> parse_secret(std::string_view text) {
  text = trim(text);
  constexpr std::string_view prefix = "whsec_";
  if (!text.starts_with(prefix)) return fail(std::string("a webhook secret begins with 'whsec_'"));
  auto key = base64_decode(text.substr(prefix.size()));
  if (key.size() < 24 || key.size() > 64)
    return fail(
        std::string("a webhook secret is 'whsec_' and the Base64 of 24 to 64 random bytes"));
  return key;
}

std::string webhook_timestamp(Instant at) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}

std::string sign(const std::vector<std::string>& keys, std::string_view id, Instant at,
                 std::string_view body) {
  const auto message = std::string(id) + '.' + webhook_timestamp(at) + '.' + std::string(body);
  std::string out;
  for (const auto& key : keys) {
    if (!out.empty()) out += ' ';
    out += "v1," + base64(hmac_sha256(key, message));
  }
  return out;
}

}  // namespace tinwatch::alerts
