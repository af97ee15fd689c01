#include "core/event_json.hpp"
#include "core/event_type.hpp"
#include "core/model.hpp"
#include "core/time.hpp"
#include "snapshot.hpp"
#include "verify_parts.hpp"

#include <boost/json.hpp>

#include <exception>
#include <new>
#include <string_view>

namespace tinwatch::storage {
namespace {

namespace json = boost::json;

/// An article's row, and the record that it shows.
struct Article {
  std::int64_t row = 0;
  std::string where;
  std::string id;
  std::int64_t source = 0;
  std::string status;
  std::string discovery;
  std::string headline;
  std::int64_t head = 0;
  Instant first_seen_at{};
  Instant last_changed_at{};
  std::optional<Instant> removed_at;
  std::int64_t events = 0;
  std::string record;
};

struct Revision {
  Instant observed_at{};
  int told = 0;  ///< events that say it is there
};

using Revisions = std::map<std::int64_t, Revision>;

/// What an event's data says it is about; nothing when that is no revision of an article.
std::optional<EventSubject> revision_in(const std::string& data) {
  try {
    auto subject = subject_of(data);
    if (subject.revision) return subject;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    // It is of another shape.
  }
  return std::nullopt;
}

std::string headline_of(const std::string& record) {
  boost::system::error_code bad;
  const auto value = json::parse(record, bad);
  const auto* in = bad ? nullptr : value.if_object();
  const auto* headline = in ? in->if_contains("headline") : nullptr;
  return headline && headline->is_string() ? std::string(headline->as_string()) : std::string();
}

/// Nothing for a type that says nothing of it.
std::optional<ArticleStatus> presence_after(EventType type) {
  switch (type) {
    case EventType::article_missing: return ArticleStatus::missing;
    case EventType::article_removed: return ArticleStatus::removed;
    case EventType::article_published:
    case EventType::article_returned:
    case EventType::article_moved: return ArticleStatus::live;
    case EventType::article_revised:
    case EventType::story_edited:
    case EventType::watch_hit:
    case EventType::source_silent:
    case EventType::source_unreachable:
    case EventType::source_drifted:
    case EventType::source_recovered:
    case EventType::receiver_failing:
    case EventType::receiver_disabled:
    case EventType::receiver_recovered:
    case EventType::store_full: return std::nullopt;
  }
  return std::nullopt;
}

Revisions verify_numbers(const Verification& job, const Article& article) {
  auto& query =
      job.db.use("SELECT number, observed_at FROM revisions WHERE article = ?1 ORDER BY number")
          .bind(article.row);
  Revisions out;
  std::int64_t expected = 1;
  while (query.step()) {
    const auto number = query.integer(0);
    if (number != expected)
      job.fault(article.where, "revision " + std::to_string(expected) +
                                   " is missing before revision " + std::to_string(number));
    expected = number + 1;
    out[number].observed_at = query.instant(1);
  }
  return out;
}

/// The row against the revisions that it sums up.
void verify_head(const Verification& job, const Article& article, const Revisions& revisions) {
  if (revisions.empty()) {
    job.fault(article.where, "all its revisions are missing");
    return;
  }
  const auto& [newest, head] = *revisions.rbegin();
  if (newest != article.head)
    job.fault(article.where, "its row names revision " + std::to_string(article.head) +
                                 " as the newest, stored is revision " + std::to_string(newest));
  const auto& first = revisions.begin()->second;
  if (first.observed_at != article.first_seen_at)
    job.fault(article.where, "was first seen at " + to_rfc3339(article.first_seen_at) +
                                 " as its row says, at " + to_rfc3339(first.observed_at) +
                                 " as its first revision says");
  if (head.observed_at != article.last_changed_at)
    job.fault(article.where, "last changed at " + to_rfc3339(article.last_changed_at) +
                                 " as its row says, at " + to_rfc3339(head.observed_at) +
                                 " as its newest revision says");
  if (headline_of(article.record) != article.headline)
    job.fault(article.where, "its headline is not that of its record");
}

/// An event that tells of a revision: it is of the same time, and the only one.
void verify_telling(const Verification& job, const std::string& where,
                    std::optional<EventType> type, Instant at, Revision& revision,
                    std::int64_t number) {
  const bool publishes = type == EventType::article_published;
  if (!publishes && type != EventType::article_revised) return;
  ++revision.told;
  if (at != revision.observed_at)
    job.fault(where,
              "is of " + to_rfc3339(at) + ", its revision of " + to_rfc3339(revision.observed_at));
  if (publishes != (number == 1))
    job.fault(where,
              "says " + std::string(label(*type)) + " of revision " + std::to_string(number));
}

/// What the events of an article come to.
struct Told {
  std::int64_t events = 0;
  ArticleStatus presence = ArticleStatus::live;
  std::optional<Instant> removed_at;
};

Told verify_events_of(const Verification& job, const Article& article, Revisions& revisions) {
  auto& query = job.db
                    .use(R"sql(
    SELECT seq, type, source, at, sequence, discovery, data FROM events WHERE article = ?1 ORDER BY seq
  )sql")
                    .bind(article.row);
  Told told;
  while (query.step()) {
    const auto where = "event " + std::to_string(query.integer(0)) + " of " + article.where;
    const auto type = event_type_from(query.text(1));
    const auto at = query.instant(3);
    if (query.integer(4) != told.events + 1)
      job.fault(where, "is its article's event " + std::to_string(query.integer(4)) +
                           " after event " + std::to_string(told.events) +
                           ": some are missing, or were added");
    told.events = query.integer(4);
    if (query.integer(2) != article.source) job.fault(where, "is of another source");
    if (type == EventType::article_published && query.text(5) != article.discovery)
      job.fault(where, "says '" + query.text(5) + "', its article '" + article.discovery + "'");
    if (type) told.presence = presence_after(*type).value_or(told.presence);
    if (type == EventType::article_removed) told.removed_at = at;
    const auto subject = revision_in(query.text(6));
    if (!subject || subject->article != article.id) {
      job.fault(where, "does not name that article");
      continue;
    }
    const auto revision = revisions.find(*subject->revision);
    if (revision == revisions.end())
      job.fault(where,
                "names revision " + std::to_string(*subject->revision) + ", which is missing");
    else
      verify_telling(job, where, type, at, revision->second, revision->first);
  }
  return told;
}

void verify_article(const Verification& job, const Article& article) {
  auto revisions = verify_numbers(job, article);
  verify_head(job, article, revisions);
  const auto told = verify_events_of(job, article, revisions);
  if (told.events != article.events)
    job.fault(article.where, "its row counts " + std::to_string(article.events) +
                                 " events, the last one stored is number " +
                                 std::to_string(told.events));
  for (const auto& [number, revision] : revisions)
    if (revision.told != 1)
      job.fault(article.where + " revision " + std::to_string(number),
                revision.told == 0 ? "the event that told of it is missing"
                                   : "several events tell of it");
  if (article.status != label(told.presence))
    job.fault(article.where, "its row says " + article.status + ", its events say " +
                                 std::string(label(told.presence)));
  if (article.status == label(ArticleStatus::removed) && article.removed_at != told.removed_at)
    job.fault(article.where, "the time of its removal is not that of the event");
}

}  // namespace

void verify_articles(Verification& job) {
  static constexpr std::int64_t page = 100;
  std::int64_t last = 0;
  for (bool more = true; more;) {
    const Snapshot snapshot(job.db);
    auto& query = job.db
                      .use(R"sql(
      SELECT a.row, a.id, a.source, a.status, a.discovery, a.headline, a.head_revision, a.first_seen_at,
        a.last_changed_at, a.removed_at, a.event_sequence, coalesce(t.record, r.record)
      FROM articles a LEFT JOIN restatements t ON t.article = a.row
      LEFT JOIN revisions r ON r.article = a.row AND r.number = a.head_revision
      WHERE a.row > ?1 AND a.row <= ?2 ORDER BY a.row LIMIT ?3
    )sql")
                      .bind(last, job.last_article, page);
    more = false;
    while (query.step()) {
      more = true;
      last = query.integer(0);
      if (!job.covers(query.integer(2))) continue;
      ++job.report.articles;
      verify_article(job, {.row = last,
                           .where = "article " + query.text(1),
                           .id = query.text(1),
                           .source = query.integer(2),
                           .status = query.text(3),
                           .discovery = query.text(4),
                           .headline = query.text(5),
                           .head = query.integer(6),
                           .first_seen_at = query.instant(7),
                           .last_changed_at = query.instant(8),
                           .removed_at = query.maybe_instant(9),
                           .events = query.integer(10),
                           .record = query.text(11)});
    }
  }
}

}  // namespace tinwatch::storage
