#pragma once

#include "async/task.hpp"
#include "core/fetch_outcome.hpp"
#include "core/result.hpp"
#include "core/site_scope.hpp"
#include "core/types.hpp"
#include "fetchers/address_guard.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinwatch::fetchers {

using namespace literals;

/// What the server told us last time, sent back so that it may answer 304. Opaque to us.
struct Validators {
  std::string etag;
  std::string last_modified;
  friend bool operator==(const Validators&, const Validators&) = default;
};

/// Name and value of one header field.
using Header = std::pair<std::string, std::string>;

struct FetchRequest {
  FetchRequest() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::string url;                              ///< absolute http(s)
  std::string method = "GET";                   ///< or POST, PUT
  std::string body;                             ///< of a POST or PUT
  std::vector<Header> headers;                  ///< values with CR, LF or NUL are refused
  Validators validators;                        ///< empty fields are not sent
  Duration timeout = std::chrono::seconds{30};  ///< for the whole transfer
  Duration connect_timeout = std::chrono::seconds{10};
  /// Given up after so long below 100 bytes a second once the answer has begun, in whole seconds;
  /// 0: never. Before its first byte a server may think for as long as `timeout` says.
  Duration stall = std::chrono::seconds{10};
  std::size_t max_body = 10_MiB;  ///< bytes after decompression
  bool cut_body = false;          ///< a longer body is cut there; else it is an error
  bool decode = true;  ///< undo the Content-Encoding; else see decoded_body. Where a body is
                       ///< cut and not decoded, one that breaks off is no error either
  std::string jar;     ///< requests of one jar share cookies; empty: none
  std::shared_ptr<const std::vector<Network>> allow_networks;  ///< beyond the public internet
  bool named_alone = false;  ///< connects to `allow_networks` alone, not to the public internet
  std::shared_ptr<const SiteScope>
      scope;              ///< that redirects do not leave; none: they lead anywhere
  bool may_move = false;  ///< but a permanent redirect may lead to any host's usual ports
};

/// A server's answer, whatever its status: 404 and 503 are answers, not errors.
struct FetchResponse {
  int status = 0;
  std::string url;           ///< that answered, after redirects
  std::string content_type;  ///< as sent, parameters included
  std::string location;      ///< of a redirect, as sent
  Validators validators;
  std::vector<Header> headers;
  std::string head;          ///< status line and header as they were received, up to the blank line
  std::string request_head;  ///< the same of the request, as it was sent
  std::string address;       ///< that answered: `ADDRESS:PORT`, IPv6 in brackets
  std::string body;          ///< charset not yet decoded
  std::string coding;        ///< that `body` is still in, as Content-Encoding names it
  std::size_t wire_bytes = 0;  ///< body bytes as they came over the wire
  std::optional<Duration> retry_after;
  std::vector<std::string> redirects;  ///< URLs passed through, the first request's first
  bool moved_permanently = false;      ///< every redirect on the way was 301 or 308
  Duration elapsed{};
};

/// The value of the first header field of that name; null: there is none.
[[nodiscard]] const std::string* find_field(const FetchResponse& response, std::string_view name);

/// Whether the answer's body is the whole resource: 200, 203 and 226, and 206 where nobody asked
/// for a part and the range is all there is (RFC 9110 section 14.4).
[[nodiscard]] bool is_whole(const FetchResponse& response);

/// Why there was no answer.
struct FetchError {
  FetchFailure kind = FetchFailure::connect;  ///< none of a status
  std::string detail;                         ///< for people; never branch on it
  /// Asking again earlier is useless: robots.txt forbids, or could not be read, for so long.
  Duration not_before{0};
  /// `robots`, and not because robots.txt forbids: it could not be read, for a reason of its own
  /// (PoliteFetcher::on_robots).
  bool robots_unread = false;
  /// This machine's fault, not the host's: no descriptor, no memory, no route.
  bool is_ours = false;
};

using FetchResult = Result<FetchResponse, FetchError>;

[[nodiscard]] FetchOutcome outcome_of(const FetchResult& result);
/// Nothing for a status that is no error.
[[nodiscard]] std::optional<FetchFailure> failure_of(const FetchResult& result);

/// A body out of its coding, within `max_body` bytes: costs as much as the body is long. What is
/// damaged is `truncated`, a bomb `too_large`.
[[nodiscard]] Result<std::string, FetchError> decoded_body(std::string_view coding,
                                                           std::string body, std::size_t max_body);
/// The first `max_body` bytes of it; `body` may itself be cut.
[[nodiscard]] Result<std::string, FetchError> decoded_prefix(std::string_view coding,
                                                             std::string body,
                                                             std::size_t max_body);

/// Turns a request into an answer. One of the daemon's three interfaces, because the network is
/// what tests must replace and because politeness is a decorator around it.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  /// Throws only operation_aborted (cancellation); every other failure is a FetchError.
  virtual Task<FetchResult> fetch(FetchRequest request) = 0;
};

}  // namespace tinwatch::fetchers
