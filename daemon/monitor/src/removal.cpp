#include "monitor/removal.hpp"

#include <algorithm>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

/// A flicker older than this says nothing of the site's servers any more.
constexpr Duration flickers_forgotten_after = 24h;
constexpr int most_doublings = 3;
constexpr int looks_while_live = 3;  // that follow the first failing one

/// One of several servers has not got it: each time that it comes back, the next absence has to
/// last longer.
int doublings(const Absence& absence, Instant now) {
  if (!absence.flickered_at || now - *absence.flickered_at > flickers_forgotten_after) return 0;
  return std::min(absence.flickers, most_doublings);
}

void note_flicker(Absence& absence, Instant now) {
  absence.flickers = doublings(absence, now) + 1;
  absence.flickered_at = now;
}

/// What is remembered of an article that is there.
Absence there(const Absence& before) {
  return {.flickers = before.flickers, .flickered_at = before.flickered_at};
}

Verdict found(const Absence& before, Instant now, const RemovalSettings& settings) {
  Verdict out{.absence = before};
  auto& absence = out.absence;
  if (before.status == ArticleStatus::live) {
    if (before.checks == 0) return out;
    absence = there(before);
    note_flicker(absence, now);
    return out;
  }
  // Whoever was told that it is missing is told that it is back once it was seen twice.
  if (!absence.back_since) absence.back_since = now;
  if (now - *absence.back_since < settings.over) return out;
  absence = there(before);
  out.event = Verdict::Event::returned;
  return out;
}

}  // namespace

Verdict judge(const Absence& before, Check check, Instant now, const RemovalSettings& settings) {
  if (check == Check::found) return found(before, now, settings);
  Verdict verdict{.absence = before};
  auto& absence = verdict.absence;
  if (absence.back_since) {
    absence.back_since.reset();
    note_flicker(absence, now);
    // It was there: what confirms that it is gone begins anew.
    absence.since = now;
    absence.checks = std::min(absence.checks, settings.missing_after) - 1;
  }
  if (!absence.since) absence.since = now;
  ++absence.checks;
  const Duration lasted = now - *absence.since;
  const int times = 1 << doublings(absence, now);
  switch (absence.status) {
    case ArticleStatus::live: {
      if (absence.checks >= settings.missing_after * times && lasted >= settings.over * times) {
        absence.status = ArticleStatus::missing;
        verdict.event = Verdict::Event::missing;
      }
      break;
    }
    case ArticleStatus::missing: {
      const bool gone = check == Check::gone &&
                        absence.checks >= settings.missing_after + settings.gone_confirmations;
      const bool confirmed =
          absence.checks >= settings.missing_after + settings.confirmations * times &&
          lasted >= settings.confirm_over;
      if (gone || confirmed) {
        absence.status = ArticleStatus::removed;
        verdict.event = Verdict::Event::removed;
      }
      break;
    }
    case ArticleStatus::removed:
    case ArticleStatus::moved:
    case ArticleStatus::erased: break;
  }
  return verdict;
}

Duration recheck_after(const Absence& absence, const RemovalSettings& settings, Instant now) {
  switch (absence.status) {
    case ArticleStatus::live:
      return settings.over / std::max(looks_while_live, settings.missing_after - 1);
    case ArticleStatus::missing:
      return (settings.confirm_over - settings.over) /
             (std::max(1, settings.confirmations) << doublings(absence, now));
    case ArticleStatus::removed:
    case ArticleStatus::moved:
    case ArticleStatus::erased:
      return std::max<Duration>(settings.confirm_over, std::chrono::seconds{1});
  }
  return settings.confirm_over;
}

}  // namespace tinwatch::monitor
