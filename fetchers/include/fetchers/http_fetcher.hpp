#pragma once

#include "async/clock.hpp"
#include "fetchers/fetcher.hpp"

#include <memory>
#include <string>

namespace tinwatch::fetchers {

/// Fetches over HTTP(S) with libcurl, one hop: a redirect is an answer, and whoever follows it
/// checks the next address as the first. Knows the protocol, not the manners: see PoliteFetcher.
///
/// No request connects to an address that address_guard.hpp refuses: it is the connected address
/// that is checked, whatever the name resolved to before (no DNS rebinding). Proxies from the
/// environment, .netrc and other schemes are off. Every door out of the daemon is this class.
class HttpFetcher final : public Fetcher {
 public:
  HttpFetcher(const asio::any_io_executor& executor, const Clock& clock, std::string user_agent);
  ~HttpFetcher() override;
  Task<FetchResult> fetch(FetchRequest request) override;

  void set_user_agent(std::string user_agent);
  /// Requests that have not ended yet.
  [[nodiscard]] std::size_t in_flight() const;

 private:
  struct Impl;  // keeps <curl/curl.h> out of every file that fetches
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::fetchers
