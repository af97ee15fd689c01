#include "decide_article.hpp"

#include "core/back_off.hpp"
#include "core/url.hpp"
#include "core/uuid.hpp"
#include "decide_parts.hpp"
#include "event_data.hpp"
#include "monitor/shortcuts.hpp"
#include "parsers/article.hpp"
#include "watch_hits.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using storage::ArticleCommit;
using storage::StoredArticle;

constexpr Duration old_news = 48h;
/// A page whose text did not change is kept so often: the newest one is never older.
constexpr Duration page_kept_every = 24h;

Discovery discovery_of_new(const Sighting& sighting) {
  const auto& date = sighting.article.record.date_published;
  if (sighting.item.discovery != Discovery::live || !date) return sighting.item.discovery;
  const bool old = sighting.item.found_at - date->time.at > old_news;
  return old ? Discovery::backfill : Discovery::live;
}

void add_readings(const ArticleRecord& record, ArticleCommit& commit) {
  if (record.view_count)
    commit.readings.push_back({"viewCount", std::to_string(*record.view_count)});
  if (record.date_modified)
    commit.readings.push_back({"dateModified", record.date_modified->text()});
}

storage::NewState state_of(const ReadArticle& article, const SourcePlan& source) {
  const auto& record = article.record;
  storage::NewState out{.record = boost::json::serialize(to_json(record, article.state.hash)),
                        .extractor = std::string(parsers::extractor_version),
                        .profile_hash = source.site->profile().hash,
                        .headline = record.headline};
  if (record.date_published) out.published_at = record.date_published->time.at;
  return out;
}

/// Until a state in doubt is looked at again.
Duration wait_for_next_look(const SourcePlan& source, const Sighting& sighting,
                            const Background& known, monitor::Doubt doubt, int looks) {
  const auto& over = source.removal.over;
  switch (doubt) {
    // A redesign puts all pages of a site in doubt: they must not be asked for every few minutes.
    case monitor::Doubt::field_lost: return std::min<Duration>(back_off(looks, {}, over), 6h);
    // What moves for ever without ever being learned is looked at as any article.
    case monitor::Doubt::restless:
      if (is_worth_watching(known.suspects)) return std::min<Duration>(over, 1min);
      return next_look(source, sighting.item, known.now,
                       {.published =
                            known.stored->head.published_at.value_or(known.stored->first_seen_at),
                        .edits = known.stored->head.revision - 1},
                       sighting.pace)
                 .at -
             known.now;
    case monitor::Doubt::none:
    case monitor::Doubt::earlier_state:
    case monitor::Doubt::collapsed:
    case monitor::Doubt::replaced:
    case monitor::Doubt::cut_short: return over;
  }
  return over;
}

/// Leaves everything as it is and looks again soon, at the page as a whole.
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

/// About the state that the page shows.
monitor::Doubt doubt_about(const Sighting& sighting, const Background& known,
                           const std::optional<monitor::Restless>& restless) {
  const auto doubt = monitor::doubt_about(
      known.before->record, sighting.article.record,
      {.seen_before = known.earlier_revision > 0, .breaks_off = sighting.breaks_off});
  if (doubt != monitor::Doubt::none) return doubt;
  // A paragraph that comes or goes is an edit until it is known better.
  return restless && !restless->has_prose ? monitor::Doubt::restless : doubt;
}

/// It was told as removed, watches among it, and is there again.
bool came_back(const StoredArticle& stored, const ArticleCommit& commit) {
  return stored.standing.absence.status == ArticleStatus::removed &&
         commit.standing->absence.status == ArticleStatus::live;
}

/// The change of a known article, unless it is in doubt.
void revise(const Plan& plan, const Sighting& sighting, const Background& known, Decision& decision,
            WorkBudget& budget) {
  const auto& stored = *known.stored;
  auto& commit = decision.commit;
  const auto& change = *decision.change;
  const auto& [record, state] = sighting.article;
  commit.revision =
      storage::NewRevision{new_uuid(known.now), state.hash,
                           change_json(change, known.earlier_revision), stored.last_shown_at};
  const EventArticle article{stored.id, sighting.item.source, commit.standing->canonical_url,
                             stored.head.revision + 1, &record};
  add_event(plan, commit, EventType::article_revised, Discovery::live,
            revised_data(article, change, known.earlier_revision));
  const auto& fields = change.fields;
  const bool text_changed = std::any_of(fields.begin(), fields.end(), [](const auto& field) {
    return field == "body" || field == "headline";
  });
  if (text_changed && known.copies.size() > 1)
    add_event(plan, commit, EventType::story_edited, Discovery::live,
              story_data(article, change, known.copies, known.copies_carry, known.now));
  if (came_back(stored, commit)) return add_presence_hits(plan, decision, article, "returned");
  add_hits(plan, decision, Discovery::live, article, &*known.before, sighting.article,
           {.event = "revised",
            .change_class = change.change_class,
            .significance = change.significance},
           budget);
}

}  // namespace

bool is_outdated(const StoredArticle& stored, const parsers::Site& site) {
  return stored.head.extractor != parsers::extractor_version ||
         stored.head.profile_hash != site.profile().hash;
}

namespace {

/// An article that was not known.
void publish(const Plan& plan, const Sighting& sighting, const Background& known,
             const SourcePlan& source, Decision& decision, WorkBudget& budget) {
  auto& commit = decision.commit;
  const auto& [record, state] = sighting.article;
  decision.poll_result = PollResult::is_new;
  const storage::NewArticle made{new_uuid(known.now), sighting.signature, known.copy_of};
  commit.article = made;
  commit.discovery = discovery_of_new(sighting);
  // A canonical link is followed only when it leads to the same article.
  const bool same = record.identifier.empty() ||
                    source.site->identifier(record.canonical_url) == record.identifier;
  commit.standing =
      storage::Standing{.identifier = record.identifier,
                        .canonical_url = same ? record.canonical_url : sighting.address};
  commit.state = state_of(sighting.article, source);
  commit.revision = storage::NewRevision{new_uuid(known.now), state.hash, "{}", std::nullopt};
  commit.capture = sighting.capture;
  if (!sighting.further.empty()) commit.further_pages = sighting.further;
  const EventArticle article{made.id, source.name, commit.standing->canonical_url, 1, &record};
  add_event(plan, commit, EventType::article_published, commit.discovery, article_data(article));
  add_hits(plan, decision, commit.discovery, article, nullptr, sighting.article, {}, budget);
}

/// How the visit of a page that shows an article ended.
void end_visit(const Sighting& sighting, const Background& known, const SourcePlan& source,
               const std::string& canonical_url, Decision& decision) {
  const auto& stored = known.stored;
  auto& commit = decision.commit;
  const auto& date = sighting.article.record.date_published;
  const auto born = date ? date->time.at : stored ? stored->first_seen_at : known.now;
  const int edits = stored ? stored->head.revision - 1 + (decision.change ? 1 : 0) : 0;
  commit.frontier.outcome = outcome_of(*decision.poll_result);
  if (decision.change) commit.frontier.detail = label(decision.change->change_class);
  if (canonical_url == sighting.item.url) {
    commit.frontier.end =
        storage::Seen{.next = next_look(source, sighting.item, known.now,
                                        {.published = born, .edits = edits}, sighting.pace),
                      .validators = sighting.validators,
                      .shows_article = sighting.address == sighting.item.url};
    return;
  }
  // Only one address of an article is polled.
  commit.frontier.end = storage::Retired{.was_seen = true};
  if (!stored || canonical_url != stored->standing.canonical_url)
    commit.check_now.push_back(address_to_check(canonical_url));
}

}  // namespace

Decision decide_sighting(const Plan& plan, const Sighting& sighting, const Background& known,
                         WorkBudget& budget) {
  const auto& stored = known.stored;
  const auto& source = plan.sources.at(sighting.item.source);
  const auto& [record, state] = sighting.article;
  const auto& before = known.before;
  Decision decision;
  auto& commit = decision.commit;
  if (stored) commit = keep(sighting.item, known.now, *stored);
  commit.frontier.row = sighting.item.row;
  commit.frontier.visited_at = known.now;
  commit.source = sighting.item.source_row;
  commit.at = known.now;
  commit.url = sighting.address;
  add_readings(record, commit);
  if (!stored) {
    publish(plan, sighting, known, source, decision, budget);
    end_visit(sighting, known, source, commit.standing->canonical_url, decision);
    return decision;
  }

  auto& standing = *commit.standing;
  if (!record.identifier.empty()) standing.identifier = record.identifier;
  if (before) decision.change = monitor::detect_change(before->state, state);
  budget.look();
  const auto restless = before && decision.change
                            ? monitor::restless_difference(before->record, record)
                            : std::nullopt;
  if (before && !sighting.redirected)
    commit.noise = notes_of(*sighting.noise, known.suspects,
                            {.before = before->record,
                             .now = record,
                             .restless = restless,
                             .is_edit = decision.change && !restless,
                             .met = sighting.noise_met},
                            known.now);
  if (decision.change) {
    const monitor::Evidence evidence{.doubt = doubt_about(sighting, known, restless),
                                     .dated_later = sighting.dated_later,
                                     .other_pages = known.other_pages,
                                     .between_looks = source.removal.over,
                                     .is_of_site = known.is_of_site};
    const auto held =
        monitor::look_again(stored->standing.held, evidence.doubt, state.hash, known.now);
    if (evidence.doubt != monitor::Doubt::none && !monitor::is_believed(evidence, held, known.now))
      return hold(source, sighting, known, evidence, held, std::move(commit.noise));
    standing.held = {};
  } else {
    standing.held = monitor::drop(stored->standing.held);
  }
  place(plan, sighting, known, decision);
  decision.reparsed = is_outdated(*stored, *source.site);
  decision.poll_result = decision.change ? PollResult::revised : PollResult::text_equal;
  const bool at_home = sighting.address == standing.canonical_url;
  const bool has_others = static_cast<int>(sighting.further.size()) != stored->further_pages;
  if (at_home && (has_others || decision.change)) commit.further_pages = sighting.further;
  if (decision.change || decision.reparsed || known.is_completed || declares_anew(sighting, known))
    commit.state = state_of(sighting.article, source);
  const bool keeps_page =
      commit.state || !stored->captured_at || known.now - *stored->captured_at >= page_kept_every;
  if (keeps_page) commit.capture = sighting.capture;
  if (decision.change) revise(plan, sighting, known, decision, budget);
  if (!decision.change && came_back(*stored, commit))
    add_presence_hits(
        plan, decision,
        {stored->id, source.name, standing.canonical_url, stored->head.revision, &record},
        "returned");
  end_visit(sighting, known, source, standing.canonical_url, decision);
  leave_out_unchanged(commit, *stored);
  return decision;
}

}  // namespace tinwatch::crawl
