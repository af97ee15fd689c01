#pragma once

#include "api/message.hpp"

#include <string>
#include <vector>

namespace tinwatch::api {

/// Whether a request over TCP names us: loopback names, `external_url`'s host, `allowed_hosts`. A
/// page of another site that resolves its name to our address (DNS rebinding) does not.
[[nodiscard]] bool is_our_host(const Request& request, const std::string& external_url,
                               const std::vector<std::string>& allowed_hosts);

/// Whether a request that changes something may come from where it says: a browser's Origin must be
/// ourselves (no cross-site request forgery); commands send none.
[[nodiscard]] bool may_change(const Request& request, const std::string& external_url);

}  // namespace tinwatch::api
