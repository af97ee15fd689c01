#pragma once

#include "api/principal.hpp"
#include "async/task.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinwatch::api {

/// How a request came in: the local socket is guarded by file permissions, the TCP listener by
/// `turn_away`.
enum class Door { tcp, local };

/// What a browser says of where a request comes from (Fetch Metadata, w3.org/TR/fetch-metadata).
/// Empty: not a browser, or an old one.
struct FetchMetadata {
  std::string site;
  std::string mode;
  std::string destination;
};

/// An HTTP request, taken apart. Names and values are percent-decoded and valid UTF-8.
struct Request {
  Request() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::string method = "GET";
  std::vector<std::string> path;  ///< segments: /a/b -> {"a", "b"}; / -> {}
  std::map<std::string, std::string> query;
  std::string host;  ///< HOST[:PORT] that was asked: of the target if it names one, else of Host
  FetchMetadata fetch;
  std::string accept;           ///< media types; empty: any
  std::string accept_language;  ///< empty: any
  std::string if_none_match;
  /// All of its header, names in small letters, in its order; what tells who asks is taken out
  /// before the request is answered.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  ///< at most 64 KiB, of any form
  std::string peer;  ///< the address at the other end; empty: over the local socket
  Door door = Door::local;
  bool needs_token = false;  ///< it came in where nobody is known without one
  Principal principal;       ///< who asks; known once the request was let in

  [[nodiscard]] std::string parameter(const std::string& name) const;
  /// The header of that name, in small letters; its lines joined by ", "; empty: there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] bool is_read() const { return method == "GET" || method == "HEAD"; }
};

/// Path and query of a request line.
[[nodiscard]] Request parse_target(std::string_view method, std::string_view target);
/// The inverse: `/a/b?name=value`.
[[nodiscard]] std::string target_of(const Request& request);
/// The fields of a form (application/x-www-form-urlencoded), valid UTF-8; of one that stands twice
/// the first.
[[nodiscard]] std::map<std::string, std::string> parse_form(std::string_view body);

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string content_coding;  ///< that the body is in (RFC 9110 section 8.4); empty: none
  std::string vary;            ///< headers of the request that another answer would have come of
  std::string etag;            ///< with quotes; empty: none
  std::string allow;           ///< methods, of a 405
  int retry_after = 0;         ///< seconds; 0: not said
  std::string location;        ///< of 303 and 201; of 200, where the browser goes on to at once
  std::string set_cookie;      ///< empty: none
  std::string challenge;       ///< WWW-Authenticate, of a 401
  bool is_immutable = false;   ///< another name would stand for other bytes: kept for a year
  std::string handler;         ///< for the metric: a route, never a path from outside
  /// Gives the body piece by piece, as there is something to say; an empty piece ends it. Null: the
  /// body is whole.
  std::function<Task<std::string>()> more = nullptr;
  /// Stored rows that could not be shown and were left out, each by name: for the log.
  std::vector<std::string> damaged;
};

/// As UTF-8 (RFC 8259 section 8.1), whatever bytes a server once sent; status 200.
[[nodiscard]] Reply json_reply(const boost::json::value& value);

/// An error as RFC 9457 has it, `application/problem+json`.
[[nodiscard]] Reply problem(int status, std::string_view title, std::string_view detail);

}  // namespace tinwatch::api
