#include "transaction.hpp"

#include "core/uuid.hpp"

#include <vector>

namespace tinwatch::storage {
namespace {

// The counter is the last thing a transaction locks.
constexpr auto take_numbers =
    "UPDATE counters SET value = value + ?1 WHERE name = 'events' RETURNING value";

constexpr auto insert_event = R"sql(
  INSERT INTO events (seq, id, type, source, article, at, sequence, discovery, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
)sql";

constexpr auto insert_hit = R"sql(
  INSERT INTO hits (id, watch, team, origin, article, revision, transition, event)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
)sql";

// What was decided of a hit began before: what people have snoozed by now counts.
constexpr auto insert_delivery = R"sql(
  INSERT INTO deliveries (id, receiver, team, event, revision, watch, severity, state, created_at, next_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
    CASE WHEN EXISTS (SELECT 1 FROM snoozes s WHERE s.watch = ?6 AND s.until > ?8) THEN 'snoozed' ELSE ?9 END, ?8, ?8)
)sql";

// Who was or will be told of what is taken back, but for those whom this event (?4) tells anyway,
// or the hit of the same watch. ?2: the transaction's first event. ?3: taken back are edits after
// that revision; 0: the absence, which began after the last event that says that the article is
// there.
constexpr auto others_told = R"sql(
  SELECT r.name, max(d.team)
  FROM receivers r JOIN events e ON e.article = ?1 JOIN deliveries d ON d.receiver = r.name AND d.event = e.seq
  WHERE d.state IN ('pending', 'written', 'delivered', 'superseded') AND e.seq < ?2
    AND CASE WHEN ?3 > 0 THEN d.revision > ?3 AND e.type IN ('tinwatch.article.revised', 'tinwatch.watch.hit')
      ELSE e.seq >= (SELECT min(g.seq) FROM events g WHERE g.article = ?1 AND g.seq < ?2
        AND g.type IN ('tinwatch.article.missing', 'tinwatch.article.removed')
        AND g.seq > coalesce((SELECT max(h.seq) FROM events h WHERE h.article = ?1 AND h.seq < ?2
          AND h.type IN ('tinwatch.article.published', 'tinwatch.article.revised', 'tinwatch.article.returned',
            'tinwatch.article.moved')), 0)) END
    AND NOT EXISTS (SELECT 1 FROM deliveries n WHERE n.receiver = r.name AND n.event = ?4)
    AND NOT EXISTS (SELECT 1 FROM events n JOIN deliveries t ON t.event = n.seq AND t.receiver = r.name
      WHERE n.article = ?1 AND n.seq >= ?2 AND d.watch <> '' AND t.watch = d.watch AND t.state <> 'snoozed')
  GROUP BY r.name
)sql";

void write_delivery(sqlite::Connection& db, const NewDelivery& delivery, std::int64_t event,
                    int revision, const std::string& watch, Instant at) {
  db.use(insert_delivery)
      .bind(delivery.id, delivery.receiver, delivery.team, event, revision, watch,
            label(delivery.severity), at, delivery.is_snoozed ? "snoozed" : "pending")
      .run();
}

/// An event that was written, and takes something back.
struct Taken {
  std::int64_t seq = 0;
  ArticleRow article;
  int revision = 0;
  Instant at{};
  Retraction retracts;
};

/// Tells those whom the transaction does not tell by itself; `first`: its first event.
void tell_others(sqlite::Connection& db, const Taken& taken, std::int64_t first) {
  std::vector<NewDelivery> more;
  auto& others =
      db.use(others_told).bind(taken.article, first, taken.retracts.after_revision, taken.seq);
  while (others.step()) more.push_back({new_uuid(taken.at), others.text(0), others.text(1)});
  others.reset();
  for (const auto& delivery : more)
    write_delivery(db, delivery, taken.seq, taken.revision, "", taken.at);
}

}  // namespace

void Transaction::write_events() {
  if (events_.empty()) return;
  const auto count = static_cast<std::int64_t>(events_.size());
  auto seq = db.use(take_numbers).bind(count).number().value() - count;
  std::vector<Taken> taken_back;
  for (const auto& [source, article, sequence, revision, event] : events_) {
    ++seq;
    db.use(insert_event)
        .bind(seq, event.id, label(event.type), source, article, event.at, sequence,
              label(event.discovery), event.data)
        .run();
    if (event.hit && article)
      db.use(insert_hit)
          .bind(event.hit->id, event.hit->watch, event.hit->team,
                event.hit->is_own ? "api" : "file", *article, revision,
                label(event.hit->transition), seq)
          .run();
    for (const auto& delivery : event.deliveries)
      write_delivery(db, delivery, seq, article ? revision : 0,
                     event.hit ? event.hit->watch : std::string(), event.at);
    if (event.retracts && article)
      taken_back.push_back({seq, *article, revision, event.at, *event.retracts});
  }
  const auto first = seq - count + 1;
  for (const auto& one : taken_back) tell_others(db, one, first);
  events_.clear();
}

}  // namespace tinwatch::storage
