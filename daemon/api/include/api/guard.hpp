#pragma once

#include "api/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tinwatch::api {

/// What a request over TCP may call us, beside the loopback names.
struct OurNames {
  std::string external_url;
  std::vector<std::string> allowed_hosts;
};

/// Why a request over TCP is not even looked at; nothing when it may pass. Pure. 403: a host that
/// is not ours (DNS rebinding); what another site's page asks, unless a person follows a link
/// (Sec-Fetch-Site). Who may ask what is access.hpp's to say.
[[nodiscard]] std::optional<Reply> turn_away(const Request& request, const OurNames& names);

/// Whether `HOST[:PORT]` is this machine to whoever wrote it.
[[nodiscard]] bool is_loopback_name(const std::string& host);

/// Whether it is answered from the whole file (the integrity check, the hash chain): one at a time,
/// apart from all other questions.
[[nodiscard]] bool is_examination(const Request& request);

}  // namespace tinwatch::api
