#include "route_rows.hpp"

#include <array>

namespace tinwatch::api {
namespace {

constexpr std::string_view plain_text = "text/plain; charset=utf-8";

constexpr std::array table{
    Route{.path = "/api/v1/status/config",
          .summary = "The configuration in force, with the defaults; secrets are masked",
          .handler = DaemonHandler::status_config,
          // Addresses of recipients, paths of secrets, networks: not for everybody who reads.
          .scope = Scope::admin,
          .schema = "RunningConfig"},
    Route{.path = "/api/v1/status/build",
          .summary = "What this program was built from, and the libraries that it runs with",
          .handler = DaemonHandler::status_build,
          .schema = "BuildInfo"},
    Route{.path = "/api/v1/status/runtime",
          .summary = "Since when the daemon runs, by which configuration and with how much",
          .handler = DaemonHandler::status_runtime,
          .schema = "RuntimeInfo"},
    Route{.path = "/metrics",
          .summary = "For Prometheus",
          .handler = DaemonHandler::metrics,
          .scope = Scope::metrics,
          .media_type = "text/plain; version=0.0.4; charset=utf-8"},
    Route{.path = "/-/healthy",
          .summary = "Whether the daemon answers",
          .handler = DaemonHandler::healthy,
          .scope = std::nullopt,
          .media_type = plain_text},
    Route{.path = "/-/ready",
          .summary = "Whether it works; 503 while it does not",
          .handler = DaemonHandler::ready,
          .scope = Scope::metrics,
          .media_type = plain_text,
          .fails_alike = true},
    Route{.path = "/-/reload",
          .summary = "Puts the configuration file in force, whole or not at all",
          .handler = DaemonHandler::reload,
          .scope = Scope::admin,
          .method = "POST",
          .media_type = plain_text,
          .socket_only = true}};

}  // namespace

std::span<const Route> daemon_routes() { return table; }

}  // namespace tinwatch::api
