#include "host_table.hpp"

#include <algorithm>

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

constexpr Duration idle_after = 1h;
constexpr Duration tidied_every = 1min;

}  // namespace

Host* HostTable::find(const std::string& key) {
  const auto found = hosts_.find(key);
  return found == hosts_.end() ? nullptr : found->second.get();
}

const Host* HostTable::find(const std::string& key) const {
  const auto found = hosts_.find(key);
  return found == hosts_.end() ? nullptr : found->second.get();
}

Host& HostTable::add(std::unique_ptr<Host> host, Instant now) {
  if (now - tidied_ >= tidied_every) put_idle_away(now);
  host->used_at = now;
  const auto key = host->state.host;
  return *hosts_.insert_or_assign(key, std::move(host)).first->second;
}

void HostTable::put_idle_away(Instant now) {
  tidied_ = now;
  for (auto at = hosts_.begin(); at != hosts_.end();) {
    auto& host = *at->second;
    const bool free_to_ask =
        host.state.next_allowed <= now && host.state.blocked_until.value_or(Instant{}) <= now;
    if (host.users > 0 || !free_to_ask || now - host.used_at < idle_after) {
      ++at;
      continue;
    }
    drop_rules(host);
    at = hosts_.erase(at);
  }
}

void HostTable::drop_rules(Host& host) {
  host.rules.reset();
  rules_bytes_ -= std::exchange(host.rules_bytes, 0);
}

void HostTable::keep_rules(Host& host, Robots rules, std::size_t bytes) {
  drop_rules(host);
  host.crawl_delay = rules.crawl_delay().value_or(Duration{0});
  host.rules = std::move(rules);
  host.rules_bytes = bytes;
  rules_bytes_ += bytes;
  while (rules_bytes_ > rules_memory_) {
    Host* oldest = nullptr;
    for (const auto& [key, other] : hosts_)
      if (other->rules_bytes > 0 && other->users == 0 &&
          (!oldest || other->used_at < oldest->used_at))
        oldest = other.get();
    if (!oldest) return;  // all are in use, and their number is bounded by the visits at once
    drop_rules(*oldest);
  }
}

std::size_t HostTable::blocked(Instant now) const {
  return static_cast<std::size_t>(
      std::count_if(hosts_.begin(), hosts_.end(),
                    [&](const auto& entry) { return entry.second->state.blocked_until > now; }));
}

}  // namespace tinwatch::fetchers
