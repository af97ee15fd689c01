#include "core/back_off.hpp"
#include "core/url.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "host_table.hpp"
#include "redirect_trail.hpp"
#include "robots_work.hpp"

#include <algorithm>
#include <utility>

/// What hosts ask for in their robots.txt: when it is read, kept and obeyed.
namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_robots_redirects = 5;  // RFC 9309 section 2.3.1.2
constexpr Duration robots_lifetime = 24h;         // RFC 9309 section 2.4
constexpr Duration longest_robots_error = 1h;

/// The address guard's word on the first request of a robots.txt, which says nothing of the file:
/// the page that it is asked for would be refused as well.
bool is_refused_by_guard(const FetchResult& result, const RedirectTrail& trail) {
  return !result && result.error().kind == FetchFailure::refused_address && trail.hops() == 0;
}

}  // namespace

Duration PoliteFetcher::robots_hold_for(const Host& host) const {
  if (!host.robots_answer) return 0ms;
  const auto lifetime =
      host.robots_answer->failures == 0
          ? robots_lifetime
          : std::min(back_off(host.robots_answer->failures), longest_robots_error);
  const auto age = clock_.now() - host.robots_answer->fetched_at;
  return age < 0ms ? 0ms : lifetime - age;  // of a time to come: the clock was wrong
}

Task<std::optional<FetchError>> PoliteFetcher::robots_forbid(Host& host, const UrlParts& parts,
                                                             const FetchRequest& request) {
  if (!host.rules || robots_hold_for(host) <= 0ms) {
    auto refused = co_await make_rules_fresh(host, parts.origin(), request);
    if (refused) co_return refused;
  }
  const bool allowed = co_await robots_allow(*robots_work_, *host.rules, parts.path_and_query());
  if (allowed) co_return std::nullopt;
  const bool unread = host.robots_answer->failures > 0;
  const auto why = unread
                       ? "robots.txt of " + parts.origin() + " cannot be read: " + host.robots_fault
                       : "robots.txt of " + parts.origin() + " forbids " + parts.path;
  co_return FetchError{FetchFailure::robots, why, robots_hold_for(host), unread};
}

Task<std::optional<FetchError>> PoliteFetcher::make_rules_fresh(Host& host, std::string origin,
                                                                FetchRequest like) {
  const auto turn = co_await host.robots_turn.acquire();
  if (!host.rules) co_await recall_rules(host);
  if (host.rules && robots_hold_for(host) > 0ms) co_return std::nullopt;
  co_return co_await read_robots(host, std::move(origin), std::move(like));
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

Task<std::optional<FetchError>> PoliteFetcher::read_robots(Host& host, std::string origin,
                                                           FetchRequest like) {
  FetchRequest request;
  request.url = std::move(origin) + "/robots.txt";
  request.timeout = like.timeout;
  request.max_body = robots_limit;
  request.decode = false;
  request.cut_body = true;  // what follows is ignored, not an error (RFC 9309 section 2.5)
  request.jar = like.jar;
  request.allow_networks = like.allow_networks;
  RedirectTrail trail(most_robots_redirects);
  auto response = co_await request_once(host, request);
  while (trail.goes_on(request, response)) {
    const auto met = co_await meet(host_key(request.url), request.jar);
    response = met ? co_await request_once(**met, request) : fail(met.error());
  }
  response = co_await decoded_robots(*robots_work_, std::move(response));
  if (on_robots) on_robots(response);
  // Neither is an answer that could be kept: the file is asked for when the page is asked for
  // again.
  if (is_refused_by_guard(response, trail)) co_return std::move(response.error());
  if (!response && response.error().is_ours) co_return std::move(response.error());
  RobotsAnswer answer{.status = response ? response->status : 0, .fetched_at = clock_.now()};
  host.robots_fault =
      response ? "HTTP status " + std::to_string(response->status) : response.error().detail;
  // Too many redirects or a redirect in a circle: "unavailable" (RFC 9309 section 2.3.1.2).
  if (!response && response.error().kind == FetchFailure::refused_address) answer.status = 404;
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
  co_return std::nullopt;
}

}  // namespace tinwatch::fetchers
