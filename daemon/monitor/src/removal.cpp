#include "monitor/removal.hpp"

#include <algorithm>

namespace tinwatch::monitor {

Verdict judge(const Absence& before, Check check, Instant now, const RemovalSettings& settings) {
  if (check == Check::found) {
    const bool was_told = before.status != ArticleStatus::live;
    return {.absence = {}, .event = was_told ? Verdict::Event::returned : Verdict::Event::none};
  }
  Verdict verdict{.absence = before};
  auto& absence = verdict.absence;
  if (!absence.since) absence.since = now;
  ++absence.checks;
  const Duration lasted = now - *absence.since;
  switch (absence.status) {
    case ArticleStatus::live:
      if (absence.checks >= settings.missing_after && lasted >= settings.over) {
        absence.status = ArticleStatus::missing;
        verdict.event = Verdict::Event::missing;
      }
      break;
    case ArticleStatus::missing: {
      const bool gone = check == Check::gone &&
                        absence.checks >= settings.missing_after + settings.gone_confirmations;
      const bool confirmed = absence.checks >= settings.missing_after + settings.confirmations &&
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

Duration recheck_after(const Absence& absence, const RemovalSettings& settings) {
  switch (absence.status) {
    case ArticleStatus::live: return settings.over / std::max(1, settings.missing_after - 1);
    case ArticleStatus::missing:
      return (settings.confirm_over - settings.over) / std::max(1, settings.confirmations);
    case ArticleStatus::removed:
    case ArticleStatus::moved:
    case ArticleStatus::erased:
      return std::max<Duration>(settings.confirm_over, std::chrono::seconds{1});
  }
  return settings.confirm_over;
}

}  // namespace tinwatch::monitor
