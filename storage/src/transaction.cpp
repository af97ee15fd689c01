#include "transaction.hpp"

#include "core/uuid.hpp"

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
  VALUES (?1, ?2, ?3, 'file', ?4, ?5, ?6, ?7)
)sql";

constexpr auto insert_delivery = R"sql(
  INSERT INTO deliveries (id, receiver, team, event, revision, watch, severity, state, created_at, next_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?9, ?8, ?8)
)sql";

// People who were told of the article, but for those who are told anyway.
constexpr auto others_told = R"sql(
  SELECT t.receiver, (SELECT d.team FROM deliveries d WHERE d.receiver = t.receiver ORDER BY d.event DESC LIMIT 1)
  FROM told t WHERE t.article = ?1 AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.receiver = t.receiver AND d.event = ?2)
)sql";

}  // namespace

void Transaction::write_events() {
  if (events_.empty()) return;
  const auto count = static_cast<std::int64_t>(events_.size());
  auto seq = db.use(take_numbers).bind(count).number().value() - count;
  for (const auto& [source, article, sequence, revision, event] : events_) {
    ++seq;
    db.use(insert_event)
        .bind(seq, event.id, label(event.type), source, article, event.at, sequence,
              label(event.discovery), event.data)
        .run();
    if (event.hit && article)
      db.use(insert_hit)
          .bind(event.hit->id, event.hit->watch, event.hit->team, *article, revision,
                label(event.hit->transition), seq)
          .run();
    for (const auto& delivery : event.deliveries)
      db.use(insert_delivery)
          .bind(delivery.id, delivery.receiver, delivery.team, seq, article ? revision : 0,
                event.hit ? event.hit->watch : std::string(), label(delivery.severity), event.at,
                delivery.is_snoozed ? "snoozed" : "pending")
          .run();
    if (!event.is_retraction || !article) continue;
    std::vector<NewDelivery> more;
    auto& told = db.use(others_told).bind(*article, seq);
    while (told.step()) more.push_back({new_uuid(event.at), told.text(0), told.text(1)});
    for (const auto& delivery : more)
      db.use(insert_delivery)
          .bind(delivery.id, delivery.receiver, delivery.team, seq, revision, "",
                label(delivery.severity), event.at, "pending")
          .run();
  }
  events_.clear();
}

}  // namespace tinwatch::storage
