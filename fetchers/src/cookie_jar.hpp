#pragma once

#include "curl_handles.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace tinwatch::fetchers {

/// The cookies that the requests of one source share, in libcurl's store. The store itself never
/// lets one go before its time; the jar keeps at most 50 of a domain and 3,000 in all, the capacity
/// that RFC 6265 section 6.1 asks for (libcurl takes at most 4,096 bytes each and 50 an answer).
class CookieJar {
 public:
  static constexpr std::size_t most_of_a_domain = 50;
  static constexpr std::size_t most = 3000;

  CookieJar();

  /// Before the transfer: its cookies are this jar's. The jar outlives the handle.
  void attach(CURL* easy) const;
  /// After an answer with so many Set-Cookie fields: lets the oldest cookies go. Looks at
  /// the jar only when it has grown by a quarter, and never for fewer than 50 new ones: in the mean
  /// a constant cost a cookie, and at most that many more are kept meanwhile.
  void trim(std::size_t set);

 private:
  [[nodiscard]] EasyHandle opened() const;  // a handle that makes no request
  [[nodiscard]] HeaderList lines() const;
  void let_go(const std::vector<std::string_view>& lines) const;

  struct ShareCleanup {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
  };
  std::unique_ptr<CURLSH, ShareCleanup> share_;
  std::size_t kept_ = 0;  // when it was last looked at
  std::size_t new_ = 0;   // since then, replaced ones included
};

}  // namespace tinwatch::fetchers
