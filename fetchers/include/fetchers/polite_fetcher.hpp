#pragma once

#include "async/clock.hpp"
#include "async/limiter.hpp"
#include "core/daily_budget.hpp"
#include "core/host_state.hpp"
#include "core/time.hpp"
#include "fetchers/fetcher.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::fetchers {

struct RobotsWork;

struct PolitenessSettings {
  Duration delay = std::chrono::seconds{2};  ///< between the starts of two requests to one host
  std::size_t connections = 1;               ///< at once to one host
  int new_hosts_a_day = 200;                 ///< that one source may lead to
  friend bool operator==(const PolitenessSettings&, const PolitenessSettings&) = default;
};

/// Where what is known of hosts outlives the run.
struct HostMemory {
  std::function<Task<>(HostState)> remember;
  std::function<Task<>(std::string host, RobotsAnswer)> remember_robots;
  /// Nothing of a host that was never asked, or long ago.
  std::function<Task<std::optional<KnownHost>>(std::string host)> recall;

  /// One that forgets.
  [[nodiscard]] static HostMemory none();
};

class HostTable;
class Outage;
class HostUse;
struct Host;

/// Manners around another fetcher: robots.txt (RFC 9309), one delay and so many connections a host,
/// Retry-After, and redirects followed hop by hop, each checked as the first request was.
///
/// Politeness is written ahead: before a request leaves, `remember` has been awaited with a time
/// before which nobody asks again, so that a crash cannot make us ask twice within one delay. That
/// time lies some seconds ahead, so that not every request needs a write. A host that keeps
/// answering with server errors is left alone as one that cannot be reached (circuit breaker). A
/// source (a request's jar) leads to so many hosts a day that were not known before, redirects
/// included: whoever owns a domain can make up names without end. Belongs to the io thread.
class PoliteFetcher final : public Fetcher {
 public:
  /// `cpu` runs what a long robots.txt costs; `executor` is the io thread's.
  PoliteFetcher(Fetcher& inner, Clock& clock, asio::any_io_executor executor,
                asio::any_io_executor cpu, PolitenessSettings settings, std::string agent,
                HostMemory memory);
  ~PoliteFetcher() override;

  /// Takes up where the last run ended: `hosts` are those that may not be asked yet; the others are
  /// recalled when they are met. After an unclean end each host waits one full delay.
  void restore(const std::vector<HostState>& hosts, bool clean);
  void configure(PolitenessSettings settings) { settings_ = settings; }

  Task<FetchResult> fetch(FetchRequest request) override;

  /// The earliest moment at which a request to `host` could leave; the past when at once. Times
  /// that a wrong clock wrote are counted from now.
  [[nodiscard]] Instant ready_at(const std::string& host);
  /// Requests at once to one host.
  [[nodiscard]] std::size_t connections() const { return settings_.connections; }
  [[nodiscard]] std::size_t blocked_hosts() const;
  /// Hosts in memory.
  [[nodiscard]] std::size_t hosts() const;
  /// What the cpu threads are doing for it.
  [[nodiscard]] std::size_t working() const;
  /// The delay between two requests to it, as robots.txt and the settings want it.
  [[nodiscard]] Duration delay(const std::string& host) const;

  /// What became of a wish to ask a host at once.
  struct Lifted {
    bool was_ours = false;  ///< it was left alone for its failures, which is over
    /// Until then it asked to be left alone, or its robots.txt forbids the page; empty: it may be
    /// asked.
    std::optional<Instant> kept_until;
    std::string why;  ///< for people: what is kept
  };
  /// Forgets the failures of a host, of its robots.txt too. What the host itself wants stays: its
  /// Retry-After, what its robots.txt forbids of `url` (empty: none), and its delay.
  Task<Lifted> lift_block(std::string host, std::string url);

  /// For a month, "not modified" is not asked for at this host: it was caught saying so of a page
  /// that had changed.
  Task<> distrust_validators(std::string host);
  [[nodiscard]] bool trusts_validators(const std::string& host) const;
  /// The Sitemap lines of the host's robots.txt, as far as it was read.
  [[nodiscard]] std::vector<std::string> sitemaps(const std::string& url) const;

  /// Called with what came of asking for a robots.txt, which no caller sees. May be empty.
  std::function<void(const FetchResult&)> on_robots;

 private:
  /// The host of `url`, recalled or new; an error when the source has met too many new ones.
  Task<Result<HostUse, FetchError>> meet(std::string url, std::string jar);
  Host& add(HostState state);
  Task<FetchResult> request_once(FetchRequest request);
  /// Nothing when the request may be made.
  Task<std::optional<FetchError>> robots_forbid(FetchRequest request);
  /// An error where robots.txt could not be asked for, for a reason that is not the host's.
  Task<std::optional<FetchError>> make_rules_fresh(Host& host, FetchRequest like);
  /// What an earlier run read in robots.txt, if it holds still.
  Task<> recall_rules(Host& host);
  Task<std::optional<FetchError>> read_robots(Host& host, FetchRequest like);
  /// How long what `host` said in robots.txt holds still; nothing or less: it has to be asked.
  [[nodiscard]] Duration robots_hold_for(const Host& host) const;
  [[nodiscard]] Duration delay_of(const Host& host) const;
  /// A clock that was wrong and was put right must not silence a host until the wrong time comes:
  /// times further ahead than they can lawfully be are counted from now.
  void mend(Host& host, Instant now) const;
  void account(Host& host, const FetchResult& result);
  Task<> write(Host& host);

  Fetcher& inner_;
  Clock& clock_;
  asio::any_io_executor executor_;
  std::unique_ptr<RobotsWork> robots_work_;
  PolitenessSettings settings_;
  std::string agent_;
  HostMemory memory_;
  std::unique_ptr<HostTable> hosts_;
  std::unique_ptr<Outage> outage_;
  DailyBudget new_hosts_;  // by source
  Instant earliest_{};     // no host is asked before
};

}  // namespace tinwatch::fetchers
