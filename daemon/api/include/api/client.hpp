#pragma once

#include "api/message.hpp"

#include <optional>
#include <string>

namespace tinwatch::api {

/// Asks the daemon behind a Unix socket. Nothing when no daemon listens there; throws
/// std::runtime_error when it breaks off. Blocks; for commands.
[[nodiscard]] std::optional<Reply> ask(const std::string& socket_path, const Request& request);

}  // namespace tinwatch::api
