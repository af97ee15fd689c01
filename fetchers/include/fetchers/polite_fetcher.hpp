#pragma once

#include "async/clock.hpp"
#include "async/limiter.hpp"
#include "core/robots.hpp"
#include "core/time.hpp"
#include "fetchers/fetcher.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::fetchers {

/// What is remembered of a host, so that a restart is no excuse for a burst.
struct HostState {
  std::string host;                      ///< `host[:port]`
  Instant next_allowed{};                ///< no request leaves earlier
  std::optional<Instant> blocked_until;  ///< after 429, 503 or failures to connect
  int failures = 0;                      ///< of that kind, in a row
  std::optional<Instant> last_failure;
  std::string robots;                     ///< text of its robots.txt
  int robots_status = 0;                  ///< 0: unreachable
  std::optional<Instant> robots_fetched;  ///< empty: never asked
  int robots_failures = 0;                ///< in a row
  /// It said "not modified" of a page that was; see `distrust_validators`.
  std::optional<Instant> validators_lied_at;
};

struct PolitenessSettings {
  Duration delay = std::chrono::seconds{2};  ///< between the starts of two requests to one host
  std::size_t connections = 1;               ///< at once to one host
  friend bool operator==(const PolitenessSettings&, const PolitenessSettings&) = default;
};

/// Manners around another fetcher: robots.txt (RFC 9309), one delay and so many connections a host,
/// Retry-After, and redirects followed hop by hop, each checked as the first request was.
///
/// Politeness is written ahead: before a request leaves, `remember` has been awaited with a time
/// before which nobody asks again, so that a crash cannot make us ask twice within one delay. That
/// time lies some seconds ahead, so that not every request needs a write. A host that keeps
/// answering with server errors is left alone as one that cannot be reached (circuit breaker).
/// Belongs to the io thread.
class PoliteFetcher final : public Fetcher {
 public:
  using Remember = std::function<Task<>(HostState)>;

  PoliteFetcher(Fetcher& inner, Clock& clock, asio::any_io_executor executor,
                PolitenessSettings settings, std::string agent, Remember remember);
  ~PoliteFetcher() override;

  /// Takes up where the last run ended. After an unclean end each host waits one full delay.
  void restore(const std::vector<HostState>& hosts, bool clean);
  void configure(PolitenessSettings settings) { settings_ = settings; }

  Task<FetchResult> fetch(FetchRequest request) override;

  /// The earliest moment at which a request to `host` could leave; the past when at once.
  [[nodiscard]] Instant ready_at(const std::string& host) const;
  /// Requests at once to one host.
  [[nodiscard]] std::size_t connections() const { return settings_.connections; }
  [[nodiscard]] std::size_t blocked_hosts() const;
  /// What is remembered of a host; nothing of one never asked.
  [[nodiscard]] std::optional<HostState> state(const std::string& host) const;
  /// The delay between two requests to it, as robots.txt and the settings want it.
  [[nodiscard]] Duration delay(const std::string& host) const;

  /// For a month, "not modified" is not asked for at this host: it was caught saying so of a page
  /// that had changed.
  Task<> distrust_validators(std::string host);
  [[nodiscard]] bool trusts_validators(const std::string& host) const;
  /// The Sitemap lines of the host's robots.txt, as far as it was read.
  [[nodiscard]] std::vector<std::string> sitemaps(const std::string& url) const;

 private:
  struct Host;
  Host& host_of(const std::string& key);
  Task<FetchResult> request_once(FetchRequest request);
  /// Nothing when the request may be made.
  Task<std::optional<FetchError>> robots_forbid(FetchRequest request);
  Task<> read_robots(std::string origin, FetchRequest like);
  void account(Host& host, const FetchResult& result);
  Task<> write(Host& host);

  Fetcher& inner_;
  Clock& clock_;
  asio::any_io_executor executor_;
  PolitenessSettings settings_;
  std::string agent_;
  Remember remember_;
  std::map<std::string, std::unique_ptr<Host>> hosts_;
};

}  // namespace tinwatch::fetchers
