#include "decide_parts.hpp"
#include "monitor/doubt.hpp"
#include "watch_hits.hpp"

#include <algorithm>

namespace tinwatch::crawl {
namespace {

/// An article is told as missing without another one's having been there, or a list's having been
/// read.
constexpr Duration longest_without_witness = std::chrono::minutes{30};
/// The same while the lists fail too and nothing was seen: the site is down, for all one knows.
constexpr Duration longest_while_down = std::chrono::hours{24};
/// Looks at it meanwhile come ever more seldom: after so much of the time that it has lasted.
constexpr int share_while_down = 6;

}  // namespace

Decision decide_unchanged(const Plan& plan, const storage::FrontierItem& item, const Pace& pace,
                          Instant now, PollResult poll_result,
                          const storage::StoredArticle& stored) {
  const auto& source = plan.sources.at(item.source);
  Decision decision{.commit = keep(item, now, stored), .poll_result = poll_result};
  auto& commit = decision.commit;
  commit.url = item.url;
  const auto verdict =
      monitor::judge(stored.standing.absence, monitor::Check::found, now, source.removal);
  commit.standing->absence = verdict.absence;
  if (verdict.event == monitor::Verdict::Event::returned) {
    const auto record = record_from_json(stored.head.record);
    const EventArticle article{stored.id, source.name, stored.standing.canonical_url,
                               stored.head.revision, &record};
    add_returned(plan, commit, article);
    if (stored.standing.absence.status == ArticleStatus::removed)
      add_presence_hits(plan, decision, article, "returned");
  }
  commit.standing->held = monitor::drop(stored.standing.held, now);
  storage::Seen seen{
      .next = sooner_while_back(next_look(source, item, now, history_of(stored), pace),
                                commit.standing->absence, source, now),
      .shortcuts = poll_result == PollResult::bytes_equal ? 0 : item.shortcuts + 1,
      .shows_article = true};
  if (poll_result != PollResult::not_modified || item.parse_attempts > 0)
    seen.validators = item.validators;
  commit.frontier.end = std::move(seen);
  commit.frontier.outcome = outcome_of(poll_result);
  leave_out_unchanged(commit, stored);
  return decision;
}

Decision decide_absence(const Plan& plan, const storage::FrontierItem& item, Instant now,
                        NotThere absence, const storage::StoredArticle& stored) {
  const auto& source = plan.sources.at(item.source);
  Decision decision{.commit = keep(item, now, stored)};
  auto& commit = decision.commit;
  auto& standing = *commit.standing;
  commit.frontier.outcome = VisitOutcome::absent;
  commit.frontier.detail = std::move(absence.why);
  const storage::Retired retired{.failures = item.failures + 1};
  if (item.url != standing.canonical_url) {  // another address of it is gone, not the article
    commit.frontier.end = retired;
    leave_out_unchanged(commit, stored);
    return decision;
  }
  const auto& addresses = stored.addresses;
  if (!addresses.canonical_shown && !addresses.other.empty()) {
    // A declared address that never showed the article: the one that did takes its place.
    standing.canonical_url = addresses.other;
    commit.frontier.end = retired;
    commit.check_now.push_back(address_to_check(addresses.other));
    return decision;
  }
  if (absence.is_of_site && addresses.newer.empty()) {
    commit.frontier.detail += "; so it is with the source's other articles: nothing is told";
    commit.frontier.end =
        storage::Failed{.next = {now + source.removal.over, "to see whether the site is back"},
                        .failures = item.failures + 1};
    leave_out_unchanged(commit, stored);
    return decision;
  }
  const auto record = record_from_json(stored.head.record);
  if (!addresses.newer.empty()) {
    const EventArticle article{stored.id, source.name, addresses.newer, stored.head.revision,
                               &record};
    move_to(plan, commit, article, stored.standing.canonical_url);
    commit.frontier.end = retired;
    commit.check_now.push_back(address_to_check(addresses.newer));
    return decision;
  }
  const auto check = absence.gone ? monitor::Check::gone : monitor::Check::not_found;
  auto verdict = monitor::judge(standing.absence, check, now, source.removal);
  const bool first_look = standing.absence.checks == 0;
  if (verdict.event == monitor::Verdict::Event::missing &&
      (absence.lacks_witness || absence.may_have_moved) &&
      now - *verdict.absence.since <
          (absence.is_down ? longest_while_down : longest_without_witness)) {
    commit.frontier.detail += absence.lacks_witness
                                  ? "; told when another article of the source was seen"
                                  : "; told when a list of the source was read";
    verdict = {.absence = standing.absence};
  }
  standing.absence = verdict.absence;
  auto wait = monitor::recheck_after(verdict.absence, source.removal, now);
  if (absence.is_down && verdict.absence.since)
    wait = std::max(wait, (now - *verdict.absence.since) / share_while_down);
  commit.frontier.end =
      storage::Failed{.next = {now + wait, verdict.absence.status == ArticleStatus::removed
                                               ? "it may come back"
                                               : "to confirm that it is gone"},
                      .failures = item.failures + 1};
  // It may still stand at another of its addresses: then it moved.
  if (!addresses.other.empty() && first_look)
    commit.check_now.push_back(address_to_check(addresses.other));
  const EventArticle article{stored.id, source.name, standing.canonical_url, stored.head.revision,
                             &record};
  if (verdict.event == monitor::Verdict::Event::missing)
    add_event(plan, commit, EventType::article_missing, Discovery::live, article_data(article));
  if (verdict.event == monitor::Verdict::Event::removed) {
    add_event(plan, commit, EventType::article_removed, Discovery::live, article_data(article));
    add_presence_hits(plan, decision, article, "removed");
  }
  return decision;
}

}  // namespace tinwatch::crawl
