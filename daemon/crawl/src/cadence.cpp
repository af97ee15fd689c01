#include "crawl/cadence.hpp"

#include <algorithm>

namespace tinwatch::crawl {

using namespace std::chrono_literals;

Instant local_time(const SourcePlan& source, Instant at) {
  return at + source.site->zone().offset_at(at);
}

void Cadence::configure(double requests_an_hour) {
  if (requests_an_hour == allowed_) return;
  allowed_ = requests_an_hour;
  hosts_.clear();
}

void Cadence::restore(const Plan& plan, const std::vector<storage::PastHour>& hours) {
  for (const auto& hour : hours) {
    const auto source = plan.sources.find(hour.source);
    if (source == plan.sources.end()) continue;
    for (int i = 0; i < hour.articles; ++i) note_article(source->second, hour.last_seen_at);
    sites_[hour.source].edits += hour.edits;
  }
}

monitor::HostPrices Cadence::prices(const std::string& host) const {
  const auto known = hosts_.find(host);
  return known == hosts_.end() ? monitor::HostPrices(allowed_) : known->second.prices;
}

const Cadence::Site& Cadence::site(const std::string& source) const {
  static const Site unknown;
  const auto known = sites_.find(source);
  return known == sites_.end() ? unknown : known->second;
}

void Cadence::forget_idle_hosts(Instant now) {
  if (now - tidied_ < 1h) return;
  tidied_ = now;
  std::erase_if(hosts_, [&](const auto& entry) { return now - entry.second.asked_at > 7 * 24h; });
}

void Cadence::note_request(const storage::FrontierItem& item, Duration delay, Instant now) {
  constexpr double planned = 0.8;  // of the requests that a host's delay leaves room for
  forget_idle_hosts(now);
  auto& [host, asked_at, hour] = hosts_.try_emplace(item.host, allowed_).first->second;
  asked_at = now;
  const double fitting = std::chrono::duration<double>(1h) / std::max<Duration>(delay, 1ms);
  host.allow(std::min(allowed_, planned * fitting));
  if (item.kind != TargetKind::article) host.lists.note_request(now);
  host.articles.note_request(now);
}

void Cadence::note_capped(const std::string& host, int requests, Instant now) {
  hosts_.try_emplace(host, allowed_).first->second.hour.note(now, requests);
}

Instant Cadence::room_at(const std::string& host, double share, Instant now) const {
  const auto known = hosts_.find(host);
  if (known == hosts_.end()) return now;
  return known->second.hour.room_at(now, static_cast<int>(share * allowed_));
}

void Cadence::note_found(const SourcePlan& source, const storage::FrontierItem& item,
                         std::int64_t added) {
  if (added == 0) return;
  found_[item.row] += static_cast<double>(added);
  sites_[source.name].found += static_cast<double>(added);
}

void Cadence::note_article(const SourcePlan& source, Instant now) {
  auto& site = sites_[source.name];
  site.rhythm.note(local_time(source, now));
  site.articles += 1;
}

Duration Cadence::list_wait(const SourcePlan& source, const storage::FrontierItem& item,
                            Instant now) const {
  // Until it is known better, the start pages name everything first: sixty category pages that are
  // looked at as often would leave them a sixtieth of the requests.
  constexpr double prior = 5;
  constexpr double share_of_others = 0.01;
  const bool is_start =
      std::find(source.start.begin(), source.start.end(), item.url) != source.start.end();
  const auto& site = this->site(source.name);
  const double believed = prior * (is_start ? 1 : share_of_others);
  const auto found = found_.find(item.row);
  const double named = found == found_.end() ? 0 : found->second;
  const double share = (named + believed) / (site.found + prior);
  return monitor::next_list_wait(local_time(source, now), site.rhythm, share,
                                 prices(item.host).lists.now(), source.poll);
}

const monitor::Rhythm& Cadence::rhythm(const std::string& source) const {
  return site(source).rhythm;
}

Pace Cadence::pace(const storage::FrontierItem& item) const {
  const auto& site = this->site(item.source);
  return {.edits_an_article = monitor::edits_an_article(site.articles, site.edits),
          .rhythm = site.rhythm,
          .price = prices(item.host).articles.now()};
}

}  // namespace tinwatch::crawl
