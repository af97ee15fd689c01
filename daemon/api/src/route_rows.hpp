#pragma once

#include "api/routes.hpp"

/// The rows of the table, by who asks.
namespace tinwatch::api {

/// What programs ask: `/api/v1`, and what whoever runs the daemon asks.
[[nodiscard]] std::span<const Route> api_routes();
/// What people look at.
[[nodiscard]] std::span<const Route> page_routes();

}  // namespace tinwatch::api
