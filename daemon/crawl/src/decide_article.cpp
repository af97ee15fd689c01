#include "decide_article.hpp"

#include "article_page.hpp"
#include "core/url.hpp"
#include "core/uuid.hpp"
#include "decide_parts.hpp"
#include "event_data.hpp"
#include "monitor/shortcuts.hpp"
#include "parsers/article.hpp"
#include "parsers/listing.hpp"
#include "parsers/note.hpp"
#include "watch_hits.hpp"

#include <algorithm>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using storage::ArticleCommit;
using storage::StoredArticle;

constexpr Duration old_news = 48h;
/// A page whose text did not change is kept so often: the newest one is never older.
constexpr Duration page_kept_every = 24h;

/// What came out since its list was read last is news, whatever its age: nobody could know it
/// earlier.
Discovery discovery_of_new(const Sighting& sighting) {
  const auto& date = sighting.article.record.date_published;
  const auto& item = sighting.item;
  if (item.discovery != Discovery::live || !date) return item.discovery;
  const Duration of_day = date->precision == DatePrecision::day ? 24h : 0h;
  if (item.list_read_at && date->time.at + of_day >= *item.list_read_at) return Discovery::live;
  const bool old = item.found_at - date->time.at > old_news;
  return old ? Discovery::backfill : Discovery::live;
}

void add_readings(const ArticleRecord& record, ArticleCommit& commit) {
  if (record.view_count)
    commit.readings.push_back({"viewCount", std::to_string(*record.view_count)});
  if (record.date_modified)
    commit.readings.push_back({"dateModified", record.date_modified->text()});
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
  commit.revision = storage::NewRevision{
      new_uuid(known.now), state.hash, change_json(change, known.earlier_revision),
      stored.last_shown_at, stored_signature(record)};  // edits make it another text bit by bit
  const EventArticle article{stored.id, sighting.item.source, commit.standing->canonical_url,
                             stored.head.revision + 1, &record};
  add_event(plan, commit, EventType::article_revised, Discovery::live,
            revised_data(article, change, known.earlier_revision), change.change_class);
  if (known.earlier_revision > 0)
    commit.events.back().retracts = storage::Retraction{.after_revision = known.earlier_revision};
  const auto& fields = change.fields;
  const bool text_changed = std::any_of(fields.begin(), fields.end(), [](const auto& field) {
    return field == "body" || field == "headline";
  });
  if (text_changed && known.copies.size() > 1)
    add_event(plan, commit, EventType::story_edited, Discovery::live,
              story_data(article, change, known.copies, known.copies_carry, known.now),
              change.change_class);
  if (came_back(stored, commit)) return add_presence_hits(plan, decision, article, "returned");
  // Its watches were told that it is gone; they are told of its return, once that is believed.
  if (stored.standing.absence.status == ArticleStatus::removed) return;
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
    commit.frontier.end = storage::Seen{
        .next = sooner_while_back(next_look(source, sighting.item, known.now,
                                            {.published = born, .edits = edits}, sighting.pace),
                                  commit.standing->absence, source, known.now),
        .validators = sighting.validators,
        .shows_article = sighting.address == sighting.item.url};
    return;
  }
  // Only one address of an article is polled.
  commit.frontier.end = storage::Retired{.was_seen = true};
  if (!stored || canonical_url != stored->standing.canonical_url)
    commit.check_now.push_back(address_to_check(canonical_url));
}

Decision decide_shown(const Plan& plan, const Sighting& sighting, const Background& known,
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
  commit.frontier.asked_at = sighting.item.asked_at;
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
  if (before) decision.change = monitor::detect_change(before->state, state, parsers::note_in);
  budget.look();
  const auto restless = before && decision.change
                            ? monitor::restless_difference(*before, sighting.article)
                            : std::nullopt;
  if (before && sighting.redirected)
    commit.noise = brought_along(*sighting.noise, sighting.noise_met,
                                 parsers::address_template(sighting.address));
  else if (before)
    commit.noise = notes_of(*sighting.noise, known.suspects,
                            {.before = before->record,
                             .now = record,
                             .restless = restless,
                             .is_edit = decision.change && !restless,
                             .met = sighting.noise_met},
                            known.now);
  const auto turn = paywall_turn(sighting, known);
  if (turn) {
    if (!decision.change)
      decision.change =
          monitor::Change{.fields = {"isAccessibleForFree"}, .change_class = ChangeClass::metadata};
    decision.change->paywall = turn;
  }
  bool comes_and_goes = false;
  bool is_new_template = false;  // what it changed is taken over silently
  if (decision.change) {
    const auto evidence = evidence_of(sighting, known, source, turn.has_value(), restless);
    const auto shown = turn ? "paywall " + state.hash : state.hash;
    const auto held = monitor::look_again(stored->standing.held, evidence.doubt, shown, known.now);
    is_new_template = evidence.doubt == monitor::Doubt::rebuilt &&
                      evidence.other_pages == monitor::OtherPages::lost_it;
    comes_and_goes = monitor::comes_and_goes(evidence, held, stored->head.changed_at, known.now);
    if (is_new_template) {
      decision.change.reset();
    } else if (evidence.doubt != monitor::Doubt::none && !comes_and_goes &&
               !monitor::is_believed(evidence, held, known.now)) {
      return hold(source, sighting, known, evidence, held, std::move(commit.noise));
    }
    standing.held =
        is_new_template || comes_and_goes ? HeldState{} : believed(held, evidence.doubt, known.now);
  } else {
    standing.held = monitor::drop(stored->standing.held, known.now);
  }
  place(plan, sighting, known, decision);
  decision.reparsed = is_outdated(*stored, *source.site);
  decision.poll_result = decision.change ? PollResult::revised : PollResult::text_equal;
  const bool at_home = sighting.address == standing.canonical_url;
  const bool has_others = static_cast<int>(sighting.further.size()) != stored->further_pages;
  if (at_home && (has_others || decision.change)) commit.further_pages = sighting.further;
  if (decision.change || decision.reparsed || is_new_template || known.is_completed ||
      declares_anew(sighting, known))
    commit.state = state_of(sighting.article, source);
  // A page by another template is what the next one is compared with; one that shows what comes and
  // goes is not, unless it shows an edit too.
  const bool is_due = known.is_rebuilt || !stored->captured_at ||
                      known.now - *stored->captured_at >= page_kept_every;
  if (commit.state || (is_due && !sighting.shows_alternates)) commit.capture = sighting.capture;
  if (comes_and_goes) {
    tell_alternates(plan, sighting, known, decision);
  } else if (decision.change) {
    if (turn) standing.is_paywalled = *turn;
    revise(plan, sighting, known, decision, budget);
  } else if (came_back(*stored, commit)) {
    add_presence_hits(
        plan, decision,
        {stored->id, source.name, standing.canonical_url, stored->head.revision, &record},
        "returned");
  }
  end_visit(sighting, known, source, standing.canonical_url, decision);
  leave_out_unchanged(commit, *stored);
  return decision;
}

}  // namespace

Decision decide_sighting(const Plan& plan, const Sighting& sighting, const Background& known,
                         WorkBudget& budget) {
  const auto mended = mend_sighting(sighting, known);
  return decide_shown(plan, mended ? *mended : sighting, known, budget);
}

}  // namespace tinwatch::crawl
