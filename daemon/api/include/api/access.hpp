#pragma once

#include "api/guard.hpp"
#include "api/guess_limit.hpp"
#include "api/message.hpp"
#include "api/routes.hpp"
#include "async/clock.hpp"
#include "async/task.hpp"
#include "core/result.hpp"
#include "storage/store.hpp"
#include "storage/tokens.hpp"

#include <functional>
#include <optional>
#include <string>

/// Who asks, and what they may. The route says which scope it needs (api/routes.hpp).
namespace tinwatch::api {

/// Of `http` in the configuration.
struct AccessSettings {
  /// Whether an address is one of a proxy whose word is taken; empty: none is.
  std::function<bool(const std::string& address)> is_proxy;
  std::string user_header;  ///< in which it names who asks, in small letters; empty: it does not
  Scopes user_scopes;       ///< of whoever it names
};

/// What a request brought to say who asks. Secrets: never shown, never logged.
struct Credentials {
  std::optional<std::string> token;  ///< of Authorization: Bearer, or `?token=` of a feed
  std::string session;               ///< the browser's cookie
  std::string user;                  ///< named by a trusted proxy
};

/// Takes the credentials out of a request that came over TCP, so that nobody behind can show them.
[[nodiscard]] Credentials take_credentials(Request& request, const AccessSettings& settings);

/// Whom wrong tokens are counted for: the address that the request came from, through trusted
/// proxies; of IPv6 its network.
[[nodiscard]] std::string asking_address(const Request& request, const AccessSettings& settings);

/// The row that answers a request of `request.principal`; else how it is refused. Pure.
///
/// 401 with a challenge for whom nobody knows, 303 to the login for such a browser; 403 for who is
/// known and may not, and over TCP for what the table has for the local socket alone. 403, too, for
/// what changes something and may not be meant by the person whose browser sends it: another site's
/// page has it sent, or its form lacks the session's `csrf` (a field, or X-CSRF-Token). 404 and 405
/// of find_route; where tokens are needed, for those alone who have one.
[[nodiscard]] Result<const Route*, Reply> admit(const Request& request, const OurNames& names);

/// Where a browser goes after it logged in: a path of ours; `/` for anything else.
[[nodiscard]] std::string safe_next(const std::string& next);

/// Looks credentials up, counts wrong ones, logs browsers in and out. Belongs to the io thread.
class Access {
 public:
  /// The references outlive it.
  Access(storage::Store& store, Clock& clock, AccessSettings settings);

  /// Who asks; takes their credentials out of the request, and says that one is needed of whoever a
  /// trusted proxy passes on. 401: a token that does not hold; 429: too many of those from that
  /// address.
  Task<Result<Principal, Reply>> identify(Request& request);

  /// Answers POST /login: 303 with a cookie for a token that may read; 401, 403, 429.
  Task<Reply> log_in(Request request);
  /// Answers POST /logout.
  Task<Reply> log_out(Request request);

 private:
  Task<Result<storage::KnownToken, Reply>> holder_of(std::string token, std::string address);
  Task<std::optional<Principal>> browser_of(std::string session);

  storage::Store& store_;
  Clock& clock_;
  AccessSettings settings_;
  GuessLimit guesses_;
};

}  // namespace tinwatch::api
