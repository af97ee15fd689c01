#include "core/uuid.hpp"
#include "decide_parts.hpp"
#include "event_data.hpp"
#include "monitor/alternates.hpp"
#include "monitor/paywall.hpp"

/// What is known of an article explains what its page shows: a paywall, and what comes and goes.
namespace tinwatch::crawl {

std::optional<Sighting> mend_sighting(const Sighting& sighting, const Background& known) {
  if (!known.stored || !known.before) return std::nullopt;
  const auto& standing = known.stored->standing;
  const auto& before = *known.before;
  const auto& shown = sighting.article.record;
  const bool may_hide =
      shown.is_accessible_for_free == false || known.names_paywall || standing.is_paywalled;
  if (may_hide && !sighting.behind_paywall && monitor::is_teaser(before.record, shown)) {
    auto out = sighting;
    out.article = ReadArticle(monitor::with_known_text(shown, before.record));
    out.behind_paywall = true;
    // What is known of the paywall explains the text; what comes and goes may explain the rest.
    auto again = mend_sighting(out, known);
    return again ? std::move(again) : std::optional(std::move(out));
  }
  const monitor::Alternates alternates(standing.alternates, known.now);
  const auto alike = alternates.alike(before.state, sighting.article.state);
  if (alike.empty()) return std::nullopt;
  auto out = sighting;
  auto record = shown;
  for (const auto& field : alike) monitor::take_field(record, before.record, field);
  out.article = ReadArticle(std::move(record));
  return out;
}

std::optional<bool> paywall_turn(const Sighting& sighting, const Background& known) {
  if (!known.before) return std::nullopt;
  const auto& standing = known.stored->standing;
  if (sighting.behind_paywall == standing.is_paywalled) return std::nullopt;
  if (monitor::Alternates(standing.alternates, known.now).has_paywall()) return std::nullopt;
  return sighting.behind_paywall;
}

void tell_alternates(const Plan& plan, const Sighting& sighting, const Background& known,
                     Decision& decision) {
  const auto& stored = *known.stored;
  const auto& before = *known.before;
  auto& commit = decision.commit;
  auto& change = *decision.change;
  auto& standing = *commit.standing;
  change.alternates = true;
  monitor::Alternates alternates(standing.alternates, known.now);
  if (change.paywall) alternates.learn_paywall(known.now);
  alternates.learn(before.state, sighting.article.state, known.now);
  standing.alternates = alternates.serialise();
  commit.state = state_of(before, plan.sources.at(sighting.item.source));
  commit.capture = sighting.capture;
  commit.revision = storage::NewRevision{new_uuid(known.now), before.state.hash,
                                         change_json(change, 0), stored.last_shown_at};
  const EventArticle article{stored.id, sighting.item.source, standing.canonical_url,
                             stored.head.revision + 1, &before.record};
  add_event(plan, commit, EventType::article_revised, Discovery::live,
            revised_data(article, change, 0));
}

}  // namespace tinwatch::crawl
