#pragma once

#include "api/access.hpp"
#include "config/config.hpp"

namespace tinwatch::app {

/// What the configuration says of proxies and of who comes through them.
[[nodiscard]] api::AccessSettings access_settings(const config::HttpSettings& http);

}  // namespace tinwatch::app
