#include "monitor/site_guard.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

constexpr Duration remembered = 1h;
constexpr std::size_t most_looks = 50;  // of a source
constexpr std::size_t least_others = 3;

bool counts(Instant at, Instant now) { return at <= now && now - at < remembered; }

}  // namespace

const SiteGuard::Looks* SiteGuard::of(const std::string& source) const {
  const auto found = looks_.find(source);
  return found == looks_.end() ? nullptr : &found->second;
}

void SiteGuard::note(const std::string& source, ArticleRow article, Sign sign, std::uint64_t text,
                     Instant now) {
  auto& looks = looks_[source];
  auto since = now;
  std::erase_if(looks, [&](const Look& look) {
    if (!counts(look.at, now)) return true;
    if (look.article != article) return false;
    if (look.sign == sign) since = look.since;
    return true;
  });
  if (looks.size() == most_looks) looks.pop_front();
  looks.push_back({.article = article, .sign = sign, .text = text, .at = now, .since = since});
}

void SiteGuard::clock_was_set(Duration by) {
  for (auto& [source, looks] : looks_)
    for (auto& look : looks) {
      look.at += by;
      look.since += by;
    }
}

bool SiteGuard::is_of_site(const std::string& source, ArticleRow article, Sign sign,
                           Instant now) const {
  const auto* const looks = of(source);
  if (!looks) return false;
  const auto is_other = [&](const Look& look) {
    return look.article != article && counts(look.at, now);
  };
  auto first = now;
  for (const auto& look : *looks)
    if (is_other(look) && look.sign == sign) first = std::min(first, look.since);
  std::size_t others = 0;
  std::size_t alike = 0;
  for (const auto& look : *looks) {
    if (!is_other(look) || look.at < first) continue;
    ++others;
    if (look.sign == sign) ++alike;
  }
  return alike >= least_others && alike * 2 >= others;
}

std::optional<Sign> SiteGuard::state_of(const std::string& source, Instant now) const {
  const auto* const looks = of(source);
  if (!looks) return std::nullopt;
  std::size_t all = 0;
  std::map<Sign, std::size_t> signs;
  for (const auto& look : *looks) {
    if (!counts(look.at, now)) continue;
    ++all;
    ++signs[look.sign];
  }
  for (const auto sign : {Sign::absent, Sign::replaced, Sign::hollow})
    if (signs[sign] > least_others && signs[sign] * 2 >= all) return sign;
  return std::nullopt;
}

bool SiteGuard::lacks_witness(const std::string& source, ArticleRow article, Instant since,
                              Instant now) const {
  const auto* const looks = of(source);
  if (!looks) return false;
  bool has_others = false;
  for (const auto& look : *looks) {
    if (look.article == article || !counts(look.at, now)) continue;
    if (look.sign == Sign::well && look.at > since) return false;
    has_others = true;
  }
  return has_others;
}

bool SiteGuard::replaces_others(const std::string& source, ArticleRow article, std::uint64_t text,
                                Instant now) const {
  const auto* const looks = of(source);
  if (!looks) return false;
  return std::any_of(looks->begin(), looks->end(), [&](const Look& look) {
    return look.article != article && look.sign == Sign::replaced && look.text == text &&
           counts(look.at, now);
  });
}

std::size_t SiteGuard::size() const {
  std::size_t out = 0;
  for (const auto& [source, looks] : looks_) out += looks.size();
  return out;
}

}  // namespace tinwatch::monitor
