#include "fetchers/polite_fetcher.hpp"

#include "core/back_off.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "host_table.hpp"
#include "outage.hpp"
#include "redirect_trail.hpp"
#include "robots_work.hpp"

#include <algorithm>

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_page_redirects = 10;
constexpr Duration forgiven_after = 30min;
constexpr Duration written_ahead = 1s;
constexpr Duration distrust_lasts = 30 * 24h;
constexpr int server_errors_before_quiet = 5;
/// A host that is down is asked so often on its first day: it is read within minutes of its return.
constexpr Duration longest_down = 4min;
constexpr Duration longest_down_later = 1h;
constexpr int failures_of_a_day = 360;  // at one every four minutes
constexpr Duration longest_rate_limit = 1h;
/// In an outage of ours hosts are tried in turn, and none is blamed.
constexpr Duration longest_outage = 2min;
constexpr int failures_of_an_outage = 3;
constexpr Duration calm = 60s;
constexpr Duration calm_delay = 20s;
constexpr Duration clock_tolerance = 5s;
constexpr std::size_t rules_memory = 8_MiB;  // of text; its rules take four times as much at most

bool is_unreachable(const FetchResult& result) {
  if (result) return false;
  const auto kind = result.error().kind;
  return kind == FetchFailure::dns || kind == FetchFailure::connect ||
         kind == FetchFailure::timeout;
}

/// How long a host is left alone after its n-th failure in a row.
Duration rest_after(int failures, const FetchResult& result) {
  if (result && result->retry_after) return back_off(failures, result->retry_after);
  if (result && result->status == 429) return std::min(back_off(failures), longest_rate_limit);
  return std::min(back_off(failures),
                  failures <= failures_of_a_day ? longest_down : longest_down_later);
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
      hosts_(std::make_unique<HostTable>(rules_memory)),
      outage_(std::make_unique<Outage>()) {}

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
          FetchError{FetchFailure::refused_address,
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

Instant PoliteFetcher::ready_at(const std::string& host) {
  const auto now = clock_.now();
  const auto first = std::min(earliest_, now + settings_.delay);
  auto* const found = hosts_->find(host);
  if (!found) return first;
  mend(*found, now);
  const auto& state = found->state;
  return std::max({first, state.next_allowed, state.blocked_until.value_or(Instant{})});
}

void PoliteFetcher::mend(Host& host, Instant now) const {
  auto& state = host.state;
  if (state.next_allowed > now + longest_politeness(settings_.delay))
    state.next_allowed = now + delay_of(host);
  if (!state.blocked_until) return;
  if (state.last_failure && *state.last_failure > now + clock_tolerance) {
    *state.blocked_until -= *state.last_failure - now;
    state.last_failure = now;
  }
  state.blocked_until = std::min(*state.blocked_until, now + longest_back_off);
}

std::size_t PoliteFetcher::hosts() const { return hosts_->size(); }
std::size_t PoliteFetcher::blocked_hosts() const { return hosts_->blocked(clock_.now()); }

Duration PoliteFetcher::delay_of(const Host& host) const {
  const auto usual = std::max(settings_.delay, std::min(host.crawl_delay, longest_crawl_delay));
  const auto calm_for = host.calm_until - clock_.now();
  return calm_for > 0ms && calm_for <= calm ? std::max(usual, calm_delay) : usual;
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
  return !lied || *lied > clock_.now() || clock_.now() - *lied > distrust_lasts;
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
          FetchError{FetchFailure::timeout, "redirects took longer than the time allowed"});
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
        FetchError{FetchFailure::timeout, "the host asked for quiet until " + to_rfc3339(ready)});
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
  if (!result && result.error().is_ours) return;
  const bool unreachable = is_unreachable(result);
  if (unreachable)
    outage_->note_failure(state.host);
  else if (result)
    outage_->note_answer();
  const bool server_error = result && result->status >= 500;
  host.server_errors = server_error ? host.server_errors + 1 : 0;
  const bool busy = (result && (result->status == 429 || result->status == 503)) ||
                    host.server_errors >= server_errors_before_quiet;
  if (!busy && !unreachable) {
    if (result && state.blocked_until && state.failures >= failures_of_an_outage) {
      host.calm_until = now + calm;
      state.next_allowed = std::max(state.next_allowed, now + delay_of(host));
    }
    state.blocked_until.reset();
    state.wants_quiet = false;
    if (!state.last_failure || now - *state.last_failure > forgiven_after) state.failures = 0;
    return;
  }
  const bool blamed = busy || !outage_->is_ours();
  const auto longest = blamed ? longest_back_off : longest_outage;
  if (blamed || state.failures < failures_of_an_outage) ++state.failures;
  state.last_failure = now;
  state.wants_quiet = result && result->retry_after.has_value();
  state.blocked_until = now + std::min(rest_after(state.failures, result), longest);
}

Task<> PoliteFetcher::write(Host& host) {
  auto state = host.state;
  state.next_allowed = host.written = std::max(host.written, state.next_allowed);
  co_await memory_.remember(std::move(state));
}

}  // namespace tinwatch::fetchers
