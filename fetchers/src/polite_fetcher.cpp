#include "fetchers/polite_fetcher.hpp"

#include "core/back_off.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "host_table.hpp"
#include "redirect_trail.hpp"
#include "robots_work.hpp"

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
constexpr std::size_t rules_memory = 8_MiB;  // of text; its rules take four times as much at most

bool blames_host(FetchErrorKind kind) {
  return kind == FetchErrorKind::dns || kind == FetchErrorKind::connect ||
         kind == FetchErrorKind::timeout;
}

}  // namespace

HostMemory HostMemory::none() {
  return {.remember = [](HostState) -> Task<> { co_return; },
          .remember_robots = [](std::string, RobotsAnswer) -> Task<> { co_return; },
          .recall = [](std::string) -> Task<std::optional<KnownHost>> { co_return std::nullopt; }};
}

PoliteFetcher::PoliteFetcher(Fetcher& inner, Clock& clock, asio::any_io_executor executor,
                             asio::any_io_executor cpu, PolitenessSettings settings,
                             std::string agent, HostMemory memory)
    : inner_(inner),
      clock_(clock),
      executor_(std::move(executor)),
      robots_work_(std::make_unique<RobotsWork>(RobotsWork{.cpu = std::move(cpu)})),
      settings_(settings),
      agent_(std::move(agent)),
      memory_(std::move(memory)),
      hosts_(std::make_unique<HostTable>(rules_memory)) {}

PoliteFetcher::~PoliteFetcher() = default;

std::size_t PoliteFetcher::working() const { return robots_work_->running; }

void PoliteFetcher::restore(const std::vector<HostState>& hosts, bool clean) {
  if (!clean) earliest_ = clock_.now() + settings_.delay;
  for (const auto& state : hosts) add(state);
}

Host& PoliteFetcher::add(HostState state) {
  auto host = std::make_unique<Host>(executor_, settings_.connections, std::move(state));
  host->written = host->state.next_allowed;
  host->state.next_allowed = std::max(host->state.next_allowed, earliest_);
  return hosts_->add(std::move(host), clock_.now());
}

Task<Result<HostUse, FetchError>> PoliteFetcher::meet(std::string url, std::string jar) {
  const auto key = host_key(url);
  if (auto* const host = hosts_->find(key)) co_return HostUse(*host, clock_.now());
  auto known = co_await memory_.recall(key);
  const auto now = clock_.now();
  // Somebody else may have met it meanwhile.
  if (auto* const host = hosts_->find(key)) co_return HostUse(*host, now);
  if (!known) {
    if (!jar.empty() && new_hosts_.left(jar, settings_.new_hosts_a_day, now) == 0)
      co_return fail(
          FetchError{FetchErrorKind::refused_address,
                     "the source has led to " + std::to_string(settings_.new_hosts_a_day) +
                         " new hosts within a day (fetch.new_hosts_per_day); " + key + " waits",
                     new_hosts_.renewed_at(jar, now) - now});
    if (!jar.empty()) new_hosts_.take(jar, 1, now);
    known.emplace();
    known->state.host = key;
  }
  auto& host = add(std::move(known->state));
  host.robots_answer = std::move(known->robots);
  co_return HostUse(host, now);
}

Instant PoliteFetcher::ready_at(const std::string& host) const {
  const auto* const found = hosts_->find(host);
  if (!found) return earliest_;
  return std::max(found->state.next_allowed, found->state.blocked_until.value_or(Instant{}));
}

std::size_t PoliteFetcher::hosts() const { return hosts_->size(); }
std::size_t PoliteFetcher::blocked_hosts() const { return hosts_->blocked(clock_.now()); }

Duration PoliteFetcher::delay_of(const Host& host) const {
  return std::max(settings_.delay, std::min(host.crawl_delay, longest_crawl_delay));
}

Duration PoliteFetcher::delay(const std::string& host) const {
  const auto* const found = hosts_->find(host);
  return found ? delay_of(*found) : settings_.delay;
}

Task<> PoliteFetcher::distrust_validators(std::string host) {
  auto* const found = hosts_->find(host);
  if (!found) co_return;  // put away since: it will be caught again
  const HostUse use(*found, clock_.now());
  found->state.validators_lied_at = clock_.now();
  co_await write(*found);
}

bool PoliteFetcher::trusts_validators(const std::string& host) const {
  const auto* const found = hosts_->find(host);
  if (!found) return true;
  const auto& lied = found->state.validators_lied_at;
  return !lied || clock_.now() - *lied > distrust_lasts;
}

std::vector<std::string> PoliteFetcher::sitemaps(const std::string& url) const {
  const auto* const found = hosts_->find(host_key(url));
  if (!found || !found->rules) return {};
  return found->rules->sitemaps();
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
  const auto met = co_await meet(request.url, request.jar);
  if (!met) co_return fail(met.error());
  auto& host = **met;
  const auto permit = co_await host.slots.acquire();
  const auto ready = ready_at(host.state.host);
  if (ready - clock_.now() > request.timeout && host.state.blocked_until == ready)
    co_return fail(
        FetchError{FetchErrorKind::timeout, "the host asked for quiet until " + to_rfc3339(ready)});
  for (auto wait = ready - clock_.now(); wait > 0ms;
       wait = ready_at(host.state.host) - clock_.now())
    co_await clock_.sleep_for(wait);

  // A write takes its time: the delay counts from when the request leaves, behind it.
  for (;;) {
    host.state.next_allowed = clock_.now() + delay_of(host);
    if (host.state.next_allowed <= host.written) break;
    auto ahead = host.state;
    host.written = ahead.next_allowed = host.state.next_allowed + written_ahead;
    co_await memory_.remember(std::move(ahead));
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

Duration PoliteFetcher::robots_hold_for(const Host& host) const {
  if (!host.robots_answer) return 0ms;
  const auto lifetime =
      host.robots_answer->failures == 0
          ? robots_lifetime
          : std::min(back_off(host.robots_answer->failures), longest_robots_error);
  return host.robots_answer->fetched_at + lifetime - clock_.now();
}

Task<std::optional<FetchError>> PoliteFetcher::robots_forbid(FetchRequest request) {
  const auto parts = parse_url(request.url);
  if (!parts)
    co_return FetchError{FetchErrorKind::refused_address, "not an http(s) address: " + request.url};
  const auto met = co_await meet(request.url, request.jar);
  if (!met) co_return met.error();
  auto& host = **met;
  if (!host.rules || robots_hold_for(host) <= 0ms) co_await make_rules_fresh(host, request);
  const bool allowed = co_await robots_allow(*robots_work_, *host.rules, parts->path_and_query());
  if (allowed) co_return std::nullopt;
  const bool unread = host.robots_answer->failures > 0;
  const auto why =
      unread ? "robots.txt of " + parts->origin() + " cannot be read: " + host.robots_fault
             : "robots.txt of " + parts->origin() + " forbids " + parts->path;
  co_return FetchError{FetchErrorKind::robots, why, robots_hold_for(host), unread};
}

Task<> PoliteFetcher::make_rules_fresh(Host& host, FetchRequest like) {
  const auto turn = co_await host.robots_turn.acquire();
  if (!host.rules) co_await recall_rules(host);
  if (!host.rules || robots_hold_for(host) <= 0ms) co_await read_robots(host, std::move(like));
}

Task<> PoliteFetcher::recall_rules(Host& host) {
  if (!host.robots_answer || !host.robots_answer->text) {
    auto known = co_await memory_.recall(host.state.host);
    if (known && known->robots) host.robots_answer = std::move(known->robots);
  }
  if (!host.robots_answer || robots_hold_for(host) <= 0ms) co_return;
  auto text = std::exchange(host.robots_answer->text, std::nullopt);
  if (!text) co_return;
  const auto size = text->size();
  auto rules = co_await fetchers::read_robots(*robots_work_, host.robots_answer->status,
                                              std::move(*text), agent_);
  hosts_->keep_rules(host, std::move(rules), size);
}

Task<> PoliteFetcher::read_robots(Host& host, FetchRequest like) {
  FetchRequest request;
  request.url = parse_url(like.url)->origin() + "/robots.txt";
  request.timeout = like.timeout;
  request.max_body = robots_limit;
  request.decode = false;
  request.cut_body = true;  // what follows is ignored, not an error (RFC 9309 section 2.5)
  request.jar = like.jar;
  request.allow_networks = like.allow_networks;
  RedirectTrail trail(most_robots_redirects);
  auto response = co_await request_once(request);
  while (trail.goes_on(request, response)) response = co_await request_once(request);
  response = co_await decoded_robots(*robots_work_, std::move(response));
  if (on_robots) on_robots(response);
  RobotsAnswer answer{.status = response ? response->status : 0, .fetched_at = clock_.now()};
  host.robots_fault =
      response ? "HTTP status " + std::to_string(response->status) : response.error().detail;
  // Too many redirects or a redirect in a circle: "unavailable" (RFC 9309 section 2.3.1.2).
  if (!response && response.error().kind == FetchErrorKind::refused_address) answer.status = 404;
  const bool answered = answer.status >= 200 && answer.status < 500 && answer.status != 429;
  const int failures = host.robots_answer ? host.robots_answer->failures : 0;
  answer.failures = answered ? 0 : failures + 1;
  std::string text;
  if (response && response->status < 300) text = std::move(response->body);
  auto rules = co_await fetchers::read_robots(*robots_work_, answer.status, text, agent_);
  hosts_->keep_rules(host, std::move(rules), text.size());
  host.robots_answer = answer;
  answer.text = std::move(text);
  co_await memory_.remember_robots(host.state.host, std::move(answer));
}

Task<> PoliteFetcher::write(Host& host) {
  auto state = host.state;
  state.next_allowed = host.written = std::max(host.written, state.next_allowed);
  co_await memory_.remember(std::move(state));
}

}  // namespace tinwatch::fetchers
