#include "core/back_off.hpp"
#include "decide_parts.hpp"
#include "monitor/rebuilds.hpp"
#include "monitor/shortcuts.hpp"

#include <algorithm>

/// A state that is not believed at first sight.
namespace tinwatch::crawl {

using namespace std::chrono_literals;

monitor::Evidence evidence_of(const Sighting& sighting, const Background& known,
                              const SourcePlan& source, bool paywall_turned,
                              const std::optional<monitor::Restless>& restless) {
  const auto& before = *known.before;
  const auto& [record, state] = sighting.article;
  const bool rebuilt = known.is_rebuilt && !monitor::shows_editing(before.state, state);
  monitor::Evidence out{
      .doubt = monitor::doubt_about(before.record, record,
                                    {.seen_before = known.earlier_revision > 0,
                                     .breaks_off = sighting.breaks_off && known.had_end,
                                     .paywall_turned = paywall_turned,
                                     .rebuilt = rebuilt}),
      .dated_later = sighting.dated_later,
      .other_pages = known.other_pages,
      .between_looks = source.removal.over,
      .is_of_site = known.is_of_site,
      .lacks_witness = known.lacks_witness};
  // A paragraph that comes or goes is an edit until it is known better.
  const bool may_move = restless && !restless->has_prose;
  if (may_move && (out.doubt == monitor::Doubt::none || out.doubt == monitor::Doubt::rebuilt))
    out.doubt = monitor::Doubt::restless;
  if (out.doubt == monitor::Doubt::rebuilt) out.other_pages = known.rebuilt_pages;
  return out;
}

HeldState believed(const HeldState& held, monitor::Doubt doubt, Instant now) {
  const bool may_flip = doubt == monitor::Doubt::earlier_state || doubt == monitor::Doubt::paywall;
  return may_flip ? monitor::drop(held, now) : HeldState{};
}

namespace {

/// Until a state in doubt is looked at again.
Duration wait_for_next_look(const SourcePlan& source, const Sighting& sighting,
                            const Background& known, monitor::Doubt doubt, int looks) {
  const auto& over = source.removal.over;
  // A redesign puts all pages of a site in doubt: they must not be asked for every few minutes.
  if (doubt == monitor::Doubt::field_lost) return std::min<Duration>(back_off(looks, {}, over), 6h);
  if (doubt != monitor::Doubt::restless) return over;
  // What moves for ever without ever being learned is looked at as any article.
  if (is_worth_watching(known.suspects)) return std::min<Duration>(over, 1min);
  return next_look(source, sighting.item, known.now, history_of(*known.stored), sighting.pace).at -
         known.now;
}

}  // namespace

Decision hold(const SourcePlan& source, const Sighting& sighting, const Background& known,
              const monitor::Evidence& evidence, HeldState held, storage::NoiseNotes noise) {
  const auto& stored = *known.stored;
  const auto& item = sighting.item;
  const auto wait = wait_for_next_look(source, sighting, known, evidence.doubt, held.looks);
  Decision decision{.commit = keep(item, known.now, stored),
                    .poll_result = PollResult::text_equal,
                    .doubt = evidence.doubt};
  auto& commit = decision.commit;
  commit.noise = std::move(noise);
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
