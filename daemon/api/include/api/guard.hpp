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

/// Why a request gets no answer of its own; nothing when it may pass. Pure.
///
/// Over TCP, 403: a host that is not ours (DNS rebinding); what another site's page asks, unless a
/// person follows a link (Sec-Fetch-Site); whatever writes, reaches out or reads the whole file,
/// which is for the local socket alone: over TCP it would need a token. Over both, 405: another
/// method than the path has.
[[nodiscard]] std::optional<Reply> turn_away(const Request& request, const OurNames& names);

/// Whether it is answered from the whole file (the integrity check, the hash chain): one at a time,
/// apart from all other questions.
[[nodiscard]] bool is_examination(const Request& request);

}  // namespace tinwatch::api
