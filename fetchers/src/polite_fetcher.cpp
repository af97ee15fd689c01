#include "fetchers/polite_fetcher.hpp"

#include "core/back_off.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "redirect_trail.hpp"

#include <algorithm>

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_page_redirects = 10;
constexpr std::size_t most_robots_redirects = 5;  // RFC 9309 section 2.3.1.2
constexpr Duration robots_lifetime = 24h;         // RFC 9309 section 2.4
constexpr Duration longest_robots_error = 1h;
constexpr Duration longest_crawl_delay = 120s;
constexpr Duration forgiven_after = 30min;
constexpr Duration written_ahead = 1s;
constexpr Duration distrust_lasts = 30 * 24h;
constexpr int server_errors_before_quiet = 5;

bool blames_host(FetchErrorKind kind) {
  return kind == FetchErrorKind::dns || kind == FetchErrorKind::connect ||
         kind == FetchErrorKind::timeout;
}

}  // namespace

struct PoliteFetcher::Host {
  Host(const asio::any_io_executor& executor, std::size_t connections, std::string key)
      : slots(executor, connections), robots_turn(executor, 1) {
    state.host = std::move(key);
  }

  HostState state;
  std::optional<Robots> robots;  // parsed from state.robots
  std::string robots_fault;      // why it could not be read, for people
  Instant written{};             // `next_allowed` as it is remembered
  int server_errors = 0;         // answers in a row with a 5xx status
  Limiter slots;
  Limiter robots_turn;  // who comes first asks for robots.txt, the others wait
};

PoliteFetcher::PoliteFetcher(Fetcher& inner, Clock& clock, asio::any_io_executor executor,
                             PolitenessSettings settings, std::string agent, Remember remember)
    : inner_(inner),
      clock_(clock),
      executor_(std::move(executor)),
      settings_(settings),
      agent_(std::move(agent)),
      remember_(std::move(remember)) {}

PoliteFetcher::~PoliteFetcher() = default;

void PoliteFetcher::restore(const std::vector<HostState>& hosts, bool clean) {
  for (const auto& state : hosts) {
    auto& host = host_of(state.host);
    host.state = state;
    if (!clean)
      host.state.next_allowed = std::max(state.next_allowed, clock_.now() + settings_.delay);
    host.written = host.state.next_allowed;
    if (state.robots_fetched)
      host.robots = Robots::from_answer(state.robots_status, state.robots, agent_);
  }
}

PoliteFetcher::Host& PoliteFetcher::host_of(const std::string& key) {
  auto& host = hosts_[key];
  if (!host) host = std::make_unique<Host>(executor_, settings_.connections, key);
  return *host;
}

Instant PoliteFetcher::ready_at(const std::string& host) const {
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return Instant{};
  const auto& state = found->second->state;
  return std::max(state.next_allowed, state.blocked_until.value_or(Instant{}));
}

std::optional<HostState> PoliteFetcher::state(const std::string& host) const {
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return std::nullopt;
  return found->second->state;
}

Duration PoliteFetcher::delay(const std::string& host) const {
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second->robots) return settings_.delay;
  const auto wanted = found->second->robots->crawl_delay().value_or(0ms);
  return std::max(settings_.delay, std::min(wanted, longest_crawl_delay));
}

Task<> PoliteFetcher::distrust_validators(std::string key) {
  auto& host = host_of(key);
  host.state.validators_lied_at = clock_.now();
  co_await write(host);
}

bool PoliteFetcher::trusts_validators(const std::string& host) const {
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return true;
  const auto& lied = found->second->state.validators_lied_at;
  return !lied || clock_.now() - *lied > distrust_lasts;
}

std::size_t PoliteFetcher::blocked_hosts() const {
  const auto now = clock_.now();
  return static_cast<std::size_t>(
      std::count_if(hosts_.begin(), hosts_.end(),
                    [&](const auto& entry) { return entry.second->state.blocked_until > now; }));
}

std::vector<std::string> PoliteFetcher::sitemaps(const std::string& url) const {
  const auto found = hosts_.find(host_key(url));
  if (found == hosts_.end() || !found->second->robots) return {};
  return found->second->robots->sitemaps();
}

Task<FetchResult> PoliteFetcher::fetch(FetchRequest request) {
  RedirectTrail trail(most_page_redirects);
  for (;;) {
    auto forbidden = co_await robots_forbid(request);
    if (forbidden) co_return fail(std::move(*forbidden));
    auto response = co_await request_once(request);
    if (!trail.goes_on(request, response)) co_return response;
    // The deadline is one for all hops; the waits for politeness between them do not count.
    request.timeout -= response->elapsed;
    if (request.timeout <= 0ms)
      co_return fail(
          FetchError{FetchErrorKind::timeout, "redirects took longer than the time allowed"});
  }
}

Task<FetchResult> PoliteFetcher::request_once(FetchRequest request) {
  auto& host = host_of(host_key(request.url));
  const auto permit = co_await host.slots.acquire();
  const auto ready = ready_at(host.state.host);
  if (ready - clock_.now() > request.timeout && host.state.blocked_until == ready)
    co_return fail(
        FetchError{FetchErrorKind::timeout, "the host asked for quiet until " + to_rfc3339(ready)});
  for (auto wait = ready - clock_.now(); wait > 0ms;
       wait = ready_at(host.state.host) - clock_.now())
    co_await clock_.sleep_for(wait);

  const auto now = clock_.now();
  host.state.next_allowed = now + delay(host.state.host);
  if (host.state.next_allowed > host.written) {
    auto ahead = host.state;
    ahead.next_allowed = std::max(host.state.next_allowed, now + written_ahead);
    host.written = ahead.next_allowed;
    co_await remember_(std::move(ahead));
  }
  auto result = co_await inner_.fetch(std::move(request));
  const bool was_blocked = host.state.blocked_until.has_value();
  account(host, result);
  if (host.state.blocked_until || was_blocked) co_await write(host);
  co_return result;
}

void PoliteFetcher::account(Host& host, const FetchResult& result) {
  auto& state = host.state;
  const auto now = clock_.now();
  const bool server_error = result && result->status >= 500;
  host.server_errors = server_error ? host.server_errors + 1 : 0;
  const bool busy = (result && (result->status == 429 || result->status == 503)) ||
                    host.server_errors >= server_errors_before_quiet;
  const bool unreachable = !result && blames_host(result.error().kind);
  if (!busy && !unreachable) {
    state.blocked_until.reset();
    if (!state.last_failure || now - *state.last_failure > forgiven_after) state.failures = 0;
    return;
  }
  ++state.failures;
  state.last_failure = now;
  state.blocked_until = now + back_off(state.failures, busy ? result->retry_after : std::nullopt);
}

Task<std::optional<FetchError>> PoliteFetcher::robots_forbid(FetchRequest request) {
  const auto parts = parse_url(request.url);
  if (!parts)
    co_return FetchError{FetchErrorKind::refused_address, "not an http(s) address: " + request.url};
  auto& host = host_of(host_key(request.url));
  const auto fresh_for = [&]() -> Duration {
    const auto& state = host.state;
    if (!host.robots || !state.robots_fetched) return 0ms;
    const auto lifetime = state.robots_failures == 0
                              ? robots_lifetime
                              : std::min(back_off(state.robots_failures), longest_robots_error);
    return *state.robots_fetched + lifetime - clock_.now();
  };
  if (fresh_for() <= 0ms) {
    const auto turn = co_await host.robots_turn.acquire();
    if (fresh_for() <= 0ms) co_await read_robots(parts->origin(), request);
  }
  if (host.robots->allows(parts->path_and_query())) co_return std::nullopt;
  const auto why =
      host.state.robots_failures > 0
          ? "robots.txt of " + parts->origin() + " cannot be read: " + host.robots_fault
          : "robots.txt of " + parts->origin() + " forbids " + parts->path;
  co_return FetchError{FetchErrorKind::robots, why, fresh_for()};
}

Task<> PoliteFetcher::read_robots(std::string origin, FetchRequest like) {
  auto& host = host_of(host_key(origin + '/'));
  FetchRequest request;
  request.url = origin + "/robots.txt";
  request.timeout = like.timeout;
  request.max_body = robots_limit * 4;  // what follows the first 512 KiB is ignored, not an error
  request.jar = like.jar;
  request.allow_networks = like.allow_networks;
  RedirectTrail trail(most_robots_redirects);
  auto response = co_await request_once(request);
  while (trail.goes_on(request, response)) response = co_await request_once(request);
  auto& state = host.state;
  state.robots_fetched = clock_.now();
  host.robots_fault =
      response ? "HTTP status " + std::to_string(response->status) : response.error().detail;
  state.robots_status = response ? response->status : 0;
  // Too many redirects or a redirect in a circle: "unavailable" (RFC 9309 section 2.3.1.2).
  if (!response && response.error().kind == FetchErrorKind::refused_address)
    state.robots_status = 404;
  const bool answered =
      state.robots_status >= 200 && state.robots_status < 500 && state.robots_status != 429;
  state.robots_failures = answered ? 0 : state.robots_failures + 1;
  state.robots = response && response->status < 300
                     ? std::string(clip(response->body, robots_limit))
                     : std::string();
  host.robots = Robots::from_answer(state.robots_status, state.robots, agent_);
  co_await write(host);
}

Task<> PoliteFetcher::write(Host& host) {
  auto state = host.state;
  state.next_allowed = host.written = std::max(host.written, state.next_allowed);
  co_await remember_(std::move(state));
}

}  // namespace tinwatch::fetchers
