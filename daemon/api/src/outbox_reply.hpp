#pragma once

#include "api/message.hpp"
#include "storage/reader.hpp"

#include <chrono>
#include <optional>
#include <string>

/// What receivers were told, and what waits.
namespace tinwatch::api {

/// `/api/v1/deliveries`, newest first: `state`, `receiver`, `limit`, `after`.
[[nodiscard]] Reply list_deliveries(const storage::Reader& reader, const Request& request);
/// `/api/v1/deliveries/ID`, of a delivery or of a message.
[[nodiscard]] Reply show_delivery(const storage::Reader& reader, const std::string& id);
/// `/api/v1/hits?message=ID`: all that a message tells of, in the order of the events.
[[nodiscard]] Reply list_hits(const storage::Reader& reader, const Request& request);

}  // namespace tinwatch::api
