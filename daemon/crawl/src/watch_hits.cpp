#include "watch_hits.hpp"

#include "core/uuid.hpp"
#include "decide_parts.hpp"
#include "event_data.hpp"

namespace tinwatch::crawl {
namespace {

bool is_included(const WatchPlan& watch, Discovery discovery) {
  switch (discovery) {
    case Discovery::live: return true;
    case Discovery::baseline: return watch.include_baseline;
    case Discovery::backfill: return watch.include_backfill;
  }
  return false;
}

void add_hit(const Plan& plan, Decision& decision, Discovery discovery, const EventArticle& article,
             const watch::WatchSet::Found& found, std::string_view reason) {
  const auto& name = plan.watch_set->watches()[found.watch].name;
  const auto& watch = plan.watches[found.watch];
  auto& commit = decision.commit;
  storage::NewEvent event{.id = new_uuid(commit.at),
                          .type = EventType::watch_hit,
                          .at = commit.at,
                          .discovery = discovery,
                          .data = hit_data(article, name, watch.title, found.hit, reason)};
  event.hit =
      storage::NewHit{new_uuid(commit.at), name, watch.team, found.hit.transition, watch.is_own};
  tell(plan, event, watch.receivers, severity_of(found.hit.transition));
  if (watch.snooze_until && commit.at < *watch.snooze_until)
    for (auto& delivery : event.deliveries) delivery.is_snoozed = true;
  commit.events.push_back(std::move(event));
  if (watch.metrics) decision.watch_hits.push_back(name);
}

}  // namespace

void add_hits(const Plan& plan, Decision& decision, Discovery discovery,
              const EventArticle& article, const ReadArticle* before, const ReadArticle& after,
              const watch::Occasion& occasion, WorkBudget& budget) {
  if (plan.watches.empty()) return;
  std::optional<watch::ArticleText> old_text;
  if (before) old_text.emplace(before->record, before->state, article.source);
  const watch::ArticleText text(after.record, after.state, article.source);
  const auto wanted = [&](std::size_t i) { return is_included(plan.watches[i], discovery); };
  for (const auto& found :
       plan.watch_set->compare(old_text ? &*old_text : nullptr, text, occasion, wanted, budget))
    add_hit(plan, decision, discovery, article, found, "");
}

void add_presence_hits(const Plan& plan, Decision& decision, const EventArticle& article,
                       std::string_view reason) {
  if (plan.watches.empty()) return;
  const EditorialState state(*article.record);
  const watch::ArticleText text(*article.record, state, article.source);
  WorkBudget budget;
  for (auto& found : plan.watch_set->compare(nullptr, text, {.event = reason}, budget)) {
    if (reason == "removed") found.hit.transition = Transition::disappeared;
    add_hit(plan, decision, Discovery::live, article, found, reason);
  }
}

}  // namespace tinwatch::crawl
