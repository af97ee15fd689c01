#include "decide_parts.hpp"

#include "core/time.hpp"
#include "core/uuid.hpp"

#include <random>

namespace tinwatch::pipeline {
Duration with_jitter(Duration wait, const storage::FrontierItem& item, Instant now) {
  std::minstd_rand random(
      static_cast<unsigned>(item.row.value() * 7919 + now.time_since_epoch().count()));
  std::uniform_real_distribution<double> spread(0.9, 1.1);
  return Duration(static_cast<std::int64_t>(static_cast<double>(wait.count()) * spread(random)));
}

monitor::Absence absence_of(const storage::StoredArticle& stored) {
  monitor::Presence presence = monitor::Presence::live;
  if (stored.status == ArticleStatus::missing) presence = monitor::Presence::missing;
  if (stored.status == ArticleStatus::removed) presence = monitor::Presence::removed;
  return {.presence = presence, .checks = stored.absence_checks, .since = stored.absent_since};
}

storage::FrontierUpdate seen(const SourcePlan& source, const storage::FrontierItem& item,
                             Instant now, monitor::EditHistory history, const Pace& pace) {
  const auto local_now = local_time(source, now);
  history.published += local_now - now;
  const auto wait = with_jitter(
      source.recheck ? *source.recheck
                     : monitor::next_article_wait(local_now, history, pace.edits_an_article,
                                                  pace.rhythm, pace.price),
      item, now);
  return {.row = item.row,
          .visited_at = now,
          .due_at = now + wait,
          .success = true,
          .etag = item.etag,
          .last_modified = item.last_modified,
          .body_sha256 = item.body_sha256,
          .due_reason = source.recheck ? "every " + to_text(*source.recheck) + " (recheck)"
                                       : "by its age, its edits and what its host may be asked"};
}

storage::NewEvent new_event(const Plan& plan, const std::string& type, Discovery discovery,
                            std::string data, Instant now) {
  storage::NewEvent event{.id = new_uuid(now),
                          .type = type,
                          .at = now,
                          .discovery = discovery,
                          .data = std::move(data)};
  if (discovery == Discovery::live)
    for (const auto& receiver : plan.routed(type))
      event.deliveries.push_back({new_uuid(now), receiver, plan.teams.at(receiver)});
  return event;
}

void add_event(const Plan& plan, storage::ArticleCommit& commit, const std::string& type,
               Discovery discovery, std::string data) {
  commit.events.push_back(new_event(plan, type, discovery, std::move(data), commit.at));
}

storage::ArticleCommit keep(const storage::FrontierItem& item, Instant now,
                            const storage::StoredArticle& stored) {
  return {.source = item.source_row,
          .at = now,
          .article = stored.row,
          .expected_head = stored.head_revision,
          .expected_sequence = stored.event_sequence,
          .id = stored.id,
          .identifier = stored.identifier,
          .canonical_url = stored.canonical_url,
          .status = stored.status,
          .discovery = stored.discovery,
          .absence_checks = stored.absence_checks,
          .absent_since = stored.absent_since,
          .held = stored.held};
}

void set_present(storage::ArticleCommit& commit) {
  commit.status = ArticleStatus::live;
  commit.absence_checks = 0;
  commit.absent_since.reset();
}

void move_to(const Plan& plan, storage::ArticleCommit& commit, const EventArticle& article,
             const std::string& from) {
  commit.canonical_url = article.url;
  set_present(commit);
  add_event(plan, commit, "tinwatch.article.moved", Discovery::live, moved_data(article, from));
}

}  // namespace tinwatch::pipeline
