#pragma once

#include "api/message.hpp"
#include "core/types.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::api {

/// Asks the daemon behind a Unix socket. Nothing when no daemon listens there; throws
/// std::runtime_error when it breaks off, and when the answer is not whole after `patience`
/// (without one it waits however long that takes). Blocks; for commands.
[[nodiscard]] std::optional<Reply> ask(const std::string& socket_path, const Request& request,
                                       std::optional<Duration> patience = std::nullopt);

/// The same for an answer without an end: `on_piece` is given what comes, as it comes, and the
/// answer that is returned when it ended has no body. Another than a 200 is returned whole. An end
/// by a daemon that went away is an end like any other.
[[nodiscard]] std::optional<Reply> listen(const std::string& socket_path, const Request& request,
                                          const std::function<void(std::string_view)>& on_piece);

}  // namespace tinwatch::api
