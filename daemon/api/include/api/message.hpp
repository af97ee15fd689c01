#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::api {

/// How a request came in: the local socket is guarded by file permissions, the TCP listener by the
/// Host and Origin checks.
enum class Door { tcp, local };

/// An HTTP request, taken apart. Names and values are percent-decoded.
struct Request {
  Request() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::string method = "GET";
  std::vector<std::string> path;  ///< segments: /a/b -> {"a", "b"}; / -> {}
  std::map<std::string, std::string> query;
  std::string host;    ///< of the Host header
  std::string origin;  ///< of the Origin header; empty when there is none
  Door door = Door::local;

  [[nodiscard]] std::string parameter(const std::string& name) const;
};

/// Path and query of a request line.
[[nodiscard]] Request parse_target(std::string_view method, std::string_view target);
/// The inverse: `/a/b?name=value`.
[[nodiscard]] std::string target_of(const Request& request);

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string etag;     ///< with quotes; empty: none
  std::string handler;  ///< for the metric: a route, never a path from outside
};

/// An error as RFC 9457 has it, `application/problem+json`.
[[nodiscard]] Reply problem(int status, std::string_view title, std::string_view detail);

}  // namespace tinwatch::api
