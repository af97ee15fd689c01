#include "decide_parts.hpp"

#include "core/time.hpp"
#include "core/url.hpp"
#include "core/uuid.hpp"
#include "parsers/article.hpp"

#include <boost/json/serialize.hpp>

#include <random>

namespace tinwatch::crawl {
Duration with_jitter(Duration wait, const storage::FrontierItem& item, Instant now) {
  std::minstd_rand random(
      static_cast<unsigned>(item.row.value() * 7919 + now.time_since_epoch().count()));
  std::uniform_real_distribution<double> spread(0.9, 1.1);
  return Duration(static_cast<std::int64_t>(static_cast<double>(wait.count()) * spread(random)));
}

monitor::EditHistory history_of(const storage::StoredArticle& stored) {
  return {.published = stored.head.published_at.value_or(stored.first_seen_at),
          .edits = stored.head.revision - 1};
}

storage::NextVisit next_look(const SourcePlan& source, const storage::FrontierItem& item,
                             Instant now, monitor::EditHistory history, const Pace& pace) {
  const auto local_now = local_time(source, now);
  history.published += local_now - now;
  const auto wait = with_jitter(
      source.recheck ? *source.recheck
                     : monitor::next_article_wait(local_now, history, pace.edits_an_article,
                                                  pace.rhythm, pace.price),
      item, now);
  return {now + wait, source.recheck ? "every " + to_text(*source.recheck) + " (recheck)"
                                     : "by its age, its edits and what its host may be asked"};
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

storage::NextVisit sooner_while_back(storage::NextVisit next, const Absence& absence,
                                     const SourcePlan& source, Instant now) {
  const auto again = now + source.removal.over;
  if (!absence.back_since || next.at <= again) return next;
  return {again, "to see whether it stays"};
}

void tell(const Plan& plan, storage::NewEvent& event, const std::vector<std::string>& receivers,
          Severity severity) {
  for (const auto& name : receivers) {
    const auto& receiver = plan.receivers.at(name);
    if (severity >= receiver.min_severity)
      event.deliveries.push_back({new_uuid(event.at), name, receiver.team, severity});
  }
}

storage::NewEvent new_event(const Plan& plan, EventType type, Discovery discovery, std::string data,
                            Instant now, std::optional<ChangeClass> change) {
  storage::NewEvent event{.id = new_uuid(now),
                          .type = type,
                          .at = now,
                          .discovery = discovery,
                          .data = std::move(data)};
  if (discovery == Discovery::live)
    tell(plan, event, plan.routed(label(type)), severity_of(type, change));
  return event;
}

void add_event(const Plan& plan, storage::ArticleCommit& commit, EventType type,
               Discovery discovery, std::string data, std::optional<ChangeClass> change) {
  commit.events.push_back(new_event(plan, type, discovery, std::move(data), commit.at, change));
}

void add_returned(const Plan& plan, storage::ArticleCommit& commit, const EventArticle& article) {
  add_event(plan, commit, EventType::article_returned, Discovery::live, article_data(article));
  commit.events.back().retracts = storage::Retraction{};
}

storage::ArticleCommit keep(const storage::FrontierItem& item, Instant now,
                            const storage::StoredArticle& stored) {
  storage::ArticleCommit commit{
      .frontier = {.row = item.row, .visited_at = now, .asked_at = item.asked_at},
      .source = item.source_row,
      .at = now,
      .discovery = stored.discovery,
      .standing = stored.standing};
  commit.article = storage::KnownArticle{.row = stored.row,
                                         .id = stored.id,
                                         .head_revision = stored.head.revision,
                                         .event_sequence = stored.event_sequence,
                                         .last_shown_at = stored.last_shown_at};
  return commit;
}

void leave_out_unchanged(storage::ArticleCommit& commit, const storage::StoredArticle& stored) {
  if (commit.standing == stored.standing && !commit.state && commit.events.empty())
    commit.standing.reset();
}

storage::FoundUrl address_to_check(const std::string& url) {
  return {.url = url, .host = host_key(url)};
}

void move_to(const Plan& plan, storage::ArticleCommit& commit, const EventArticle& article,
             const std::string& from) {
  const bool was_absent = commit.standing->absence.is_absent();
  commit.standing->canonical_url = article.url;
  commit.standing->absence = {};
  add_event(plan, commit, EventType::article_moved, Discovery::live, moved_data(article, from));
  if (was_absent) commit.events.back().retracts = storage::Retraction{};
}

}  // namespace tinwatch::crawl
