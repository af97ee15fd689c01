#pragma once

#include "async/task.hpp"
#include "core/result.hpp"
#include "core/types.hpp"
#include "fetchers/address_guard.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::fetchers {

enum class MailTls {
  starttls,  ///< the connection is encrypted before anything is said, or nothing is sent
  implicit,  ///< from the first byte on (RFC 8314)
  none       ///< to addresses of `allow_networks` alone
};

/// One message to one recipient.
struct MailRequest {
  MailRequest() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::string host;  ///< a name or an address, and `:PORT`
  MailTls tls = MailTls::starttls;
  std::string username;  ///< empty: no authentication
  std::string password;  ///< never logged
  std::string from;      ///< bare addresses; with CR, LF, NUL, `<` or `>` they are refused
  std::string to;
  std::string message;  ///< header and body, with CR LF
  Duration timeout = std::chrono::seconds{60};
  std::shared_ptr<const std::vector<Network>> allow_networks;  ///< beyond the public internet
};

/// Why a server did not take it.
struct MailError {
  enum class Kind {
    retry,          ///< 4yz, no connection, time-out
    misconfigured,  ///< the server does not let us in, or offers no TLS
    refused         ///< 5yz: this message for this recipient is never accepted
  };
  Kind kind = Kind::retry;
  std::string detail;  ///< for people
};

/// Hands a message to a mail server over SMTP (RFC 5321) with libcurl. As with HttpFetcher, no
/// connection is made that address_guard.hpp refuses.
class Mailer {
 public:
  explicit Mailer(asio::any_io_executor executor);
  ~Mailer();

  /// `true`: the server has taken it. Throws only operation_aborted.
  Task<Result<bool, MailError>> send(MailRequest request);

 private:
  struct Impl;  // keeps <curl/curl.h> out of every file that sends
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::fetchers
