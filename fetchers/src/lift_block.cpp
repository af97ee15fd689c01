#include "core/time.hpp"
#include "core/url.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "host_table.hpp"
#include "robots_work.hpp"

#include <utility>

/// A person wants a host asked at once.
namespace tinwatch::fetchers {

Task<PoliteFetcher::Lifted> PoliteFetcher::lift_block(std::string host, std::string url) {
  Lifted out;
  auto* const known = hosts_->find(host);
  if (!known) co_return out;  // never asked, or not for an hour: then nothing keeps us from it
  const auto now = clock_.now();
  const HostUse use(*known, now);
  mend(*known, now);
  auto& state = known->state;
  const bool is_blocked = state.blocked_until && *state.blocked_until > now;
  if (is_blocked && state.wants_quiet) {
    out.kept_until = state.blocked_until;
    out.why = "it asked to be left alone until " + to_rfc3339(*state.blocked_until);
    co_return out;
  }
  if (is_blocked || state.failures > 0) {
    out.was_ours = is_blocked;
    state.blocked_until.reset();
    state.failures = 0;
    known->server_errors = 0;
    co_await write(*known);
  }
  if (known->robots_answer && known->robots_answer->failures > 0) {
    out.was_ours = true;
    // It is asked for again with the next page.
    known->robots_answer->fetched_at = Instant{};
    co_return out;
  }
  const auto parts = parse_url(url);
  if (!parts || !known->rules) co_return out;
  const bool allowed = co_await robots_allow(*robots_work_, *known->rules, parts->path_and_query());
  if (allowed) co_return out;
  out.kept_until = now + robots_hold_for(*known);
  out.why = "its robots.txt forbids " + parts->path;
  co_return out;
}

}  // namespace tinwatch::fetchers
