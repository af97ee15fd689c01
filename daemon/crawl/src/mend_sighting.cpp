#include "core/uuid.hpp"
#include "decide_parts.hpp"
#include "event_data.hpp"
#include "monitor/alternates.hpp"
#include "monitor/paywall.hpp"

/// What is known of an article explains what its page shows: a paywall, and what comes and goes.
namespace tinwatch::crawl {

namespace {

/// A page that shows no more than the beginning of the known text, behind a paywall.
std::optional<Sighting> with_hidden_text(const Sighting& sighting, const Background& known) {
  const auto& before = *known.before;
  const auto& shown = sighting.article.record;
  const bool may_hide = shown.is_accessible_for_free == false || known.names_paywall ||
                        known.stored->standing.is_paywalled;
  if (!may_hide || sighting.behind_paywall || !monitor::is_teaser(before.record, shown))
    return std::nullopt;
  auto out = sighting;
  out.article = ReadArticle(monitor::with_known_text(shown, before.record));
  out.behind_paywall = true;
  return out;
}

/// A page with values that come and go in the place of the known ones.
std::optional<Sighting> without_alternates(const Sighting& sighting, const Background& known) {
  const auto& before = *known.before;
  const monitor::Alternates alternates(known.stored->standing.alternates, known.now);
  const auto alike = alternates.alike(before.state, sighting.article.state, sighting.breaks_off);
  if (alike.empty()) return std::nullopt;
  auto out = sighting;
  auto record = sighting.article.record;
  for (const auto& field : alike) monitor::take_field(record, before.record, field);
  out.article = ReadArticle(std::move(record));
  out.shows_alternates = true;
  return out;
}

}  // namespace

std::optional<Sighting> mend_sighting(const Sighting& sighting, const Background& known) {
  if (!known.stored || !known.before) return std::nullopt;
  auto whole = with_hidden_text(sighting, known);
  auto settled = without_alternates(whole ? *whole : sighting, known);
  return settled ? std::move(settled) : std::move(whole);
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
  alternates.learn(before.state, sighting.article.state, known.now, sighting.breaks_off);
  standing.alternates = alternates.serialise();
  commit.state = state_of(before, plan.sources.at(sighting.item.source));
  commit.capture = sighting.capture;
  commit.is_aside = true;
  commit.revision = storage::NewRevision{new_uuid(known.now), before.state.hash,
                                         change_json(change, 0), stored.last_shown_at};
  const EventArticle article{stored.id, sighting.item.source, standing.canonical_url,
                             stored.head.revision + 1, &before.record};
  add_event(plan, commit, EventType::article_revised, Discovery::live,
            revised_data(article, change, 0), change.change_class);
}

}  // namespace tinwatch::crawl
