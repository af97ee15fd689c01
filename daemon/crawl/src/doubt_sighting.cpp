#include "core/back_off.hpp"
#include "decide_parts.hpp"
#include "monitor/rebuilds.hpp"
#include "monitor/shortcuts.hpp"

#include <algorithm>

/// A state that is not believed at first sight.
namespace tinwatch::crawl {

using namespace std::chrono_literals;

monitor::Evidence evidence_of(const Sighting& sighting, const Background& known,
                              const SourcePlan& source, bool paywall_turned) {
  const auto& before = *known.before;
  const auto& [record, state] = sighting.article;
  const bool rebuilt = known.is_rebuilt && !monitor::shows_editing(before.state, state);
  monitor::Evidence out{.doubt = monitor::doubt_about(before.record, record,
                                                      {.seen_before = known.earlier_revision > 0,
                                                       .breaks_off = sighting.breaks_off,
                                                       .paywall_turned = paywall_turned,
                                                       .rebuilt = rebuilt}),
                        .dated_later = sighting.dated_later,
                        .other_pages = known.other_pages,
                        .between_looks = source.removal.over,
                        .is_of_site = known.is_of_site};
  if (out.doubt == monitor::Doubt::rebuilt) out.other_pages = known.rebuilt_pages;
  return out;
}

HeldState believed(const HeldState& held, monitor::Doubt doubt, Instant now) {
  const bool may_flip = doubt == monitor::Doubt::earlier_state || doubt == monitor::Doubt::paywall;
  return may_flip ? monitor::drop(held, now) : HeldState{};
}

Decision hold(const SourcePlan& source, const Sighting& sighting, const Background& known,
              const monitor::Evidence& evidence, HeldState held) {
  const auto& stored = *known.stored;
  const auto& item = sighting.item;
  // A redesign puts all pages of a site in doubt: they must not be asked for every few minutes.
  const auto wait = evidence.doubt == monitor::Doubt::field_lost
                        ? std::min<Duration>(back_off(held.looks, {}, source.removal.over), 6h)
                        : source.removal.over;
  Decision decision{.commit = keep(item, known.now, stored),
                    .poll_result = PollResult::text_equal,
                    .doubt = evidence.doubt};
  auto& commit = decision.commit;
  commit.frontier.outcome = VisitOutcome::held;
  // Only the address that an article is known by is asked again for its sake.
  if (sighting.address != stored.standing.canonical_url)
    commit.frontier.end = storage::Retired{.was_seen = true};
  else
    commit.frontier.end =
        storage::Seen{.next = {known.now + wait, "to see whether the doubtful state stays"},
                      .validators = item.validators,
                      .shortcuts = monitor::whole_read_every};
  auto& detail = commit.frontier.detail;
  detail = label(evidence.doubt);
  if (known.earlier_revision > 0) detail += ", revision " + std::to_string(known.earlier_revision);
  detail += "; reported if " + std::to_string(monitor::looks_needed(evidence, held)) +
            " looks in a row show it";
  commit.standing->held = std::move(held);
  return decision;
}

}  // namespace tinwatch::crawl
