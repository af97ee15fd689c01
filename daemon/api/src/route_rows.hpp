#pragma once

#include "api/routes.hpp"

/// The rows of the table, by who asks.
namespace tinwatch::api {

/// What programs ask: `/api/v1`.
[[nodiscard]] std::span<const Route> api_routes();
/// What whoever runs the daemon asks: how it is, and as what it runs.
[[nodiscard]] std::span<const Route> daemon_routes();
/// What people look at.
[[nodiscard]] std::span<const Route> page_routes();

}  // namespace tinwatch::api
