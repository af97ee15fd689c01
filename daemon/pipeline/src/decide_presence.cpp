#include "core/url.hpp"
#include "decide_parts.hpp"
#include "monitor/doubt.hpp"

namespace tinwatch::pipeline {
namespace {

ArticleStatus status_of(monitor::Presence presence) {
  switch (presence) {
    case monitor::Presence::live: return ArticleStatus::live;
    case monitor::Presence::missing: return ArticleStatus::missing;
    case monitor::Presence::removed: return ArticleStatus::removed;
  }
  return ArticleStatus::live;
}

}  // namespace

Decision decide_unchanged(const Plan& plan, const storage::FrontierItem& item, const Pace& pace,
                          Instant now, std::string_view poll_result,
                          const storage::StoredArticle& stored) {
  const auto& source = plan.sources.at(item.source);
  Decision decision{.commit = keep(item, now, stored), .poll_result = poll_result};
  auto& commit = decision.commit;
  commit.url = item.url;
  const auto verdict =
      monitor::judge(absence_of(stored), monitor::Check::found, now, source.removal);
  set_present(commit);
  if (verdict.event == monitor::Verdict::Event::returned) {
    const auto record = record_from_json(stored.record);
    const EventArticle article{stored.id, source.name, stored.canonical_url, stored.head_revision,
                               &record};
    add_event(plan, commit, "tinwatch.article.returned", Discovery::live, article_data(article));
  }
  commit.frontier = seen(source, item, now,
                         {.published = stored.published_at.value_or(stored.first_seen_at),
                          .edits = stored.head_revision - 1},
                         pace);
  commit.frontier.outcome = poll_result;
  commit.frontier.shortcuts = poll_result == "bytes_equal" ? 0 : item.shortcuts + 1;
  commit.held = monitor::drop(stored.held);
  return decision;
}

Decision decide_absence(const Plan& plan, const storage::FrontierItem& item, Instant now, bool gone,
                        std::string why, const storage::StoredArticle& stored) {
  const auto& source = plan.sources.at(item.source);
  Decision decision{.commit = keep(item, now, stored), .poll_result = "text_equal"};
  auto& commit = decision.commit;
  commit.frontier = {.row = item.row,
                     .visited_at = now,
                     .failures = item.failures + 1,
                     .outcome = "absent",
                     .detail = std::move(why)};
  if (item.url != stored.canonical_url) {  // another address of it is gone, not the article
    commit.frontier.state = FrontierState::retired;
    return decision;
  }
  if (!stored.canonical_shown && !stored.other_address.empty()) {
    // A declared address that never showed the article: the one that did takes its place.
    commit.canonical_url = stored.other_address;
    commit.frontier.state = FrontierState::retired;
    commit.check_now.push_back(
        {commit.canonical_url, host_key(commit.canonical_url), TargetKind::article});
    return decision;
  }
  const auto record = record_from_json(stored.record);
  if (!stored.newer_address.empty()) {
    const EventArticle article{stored.id, source.name, stored.newer_address, stored.head_revision,
                               &record};
    move_to(plan, commit, article, stored.canonical_url);
    commit.frontier.state = FrontierState::retired;
    commit.check_now.push_back(
        {commit.canonical_url, host_key(commit.canonical_url), TargetKind::article});
    return decision;
  }
  const auto verdict =
      monitor::judge(absence_of(stored), gone ? monitor::Check::gone : monitor::Check::not_found,
                     now, source.removal);
  commit.status = status_of(verdict.absence.presence);
  commit.absence_checks = verdict.absence.checks;
  commit.absent_since = verdict.absence.since;
  commit.frontier.due_at = now + monitor::recheck_after(verdict.absence, source.removal);
  commit.frontier.due_reason = verdict.absence.presence == monitor::Presence::removed
                                   ? "it may come back"
                                   : "to confirm that it is gone";
  // It may still stand at another of its addresses: then it moved.
  if (!stored.other_address.empty() && stored.absence_checks == 0)
    commit.check_now.push_back(
        {stored.other_address, host_key(stored.other_address), TargetKind::article});
  const EventArticle article{stored.id, source.name, stored.canonical_url, stored.head_revision,
                             &record};
  if (verdict.event == monitor::Verdict::Event::missing)
    add_event(plan, commit, "tinwatch.article.missing", Discovery::live, article_data(article));
  if (verdict.event == monitor::Verdict::Event::removed)
    add_event(plan, commit, "tinwatch.article.removed", Discovery::live, article_data(article));
  return decision;
}

}  // namespace tinwatch::pipeline
