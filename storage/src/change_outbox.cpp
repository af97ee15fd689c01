#include "core/uuid.hpp"
#include "tables.hpp"

#include <set>
#include <vector>

namespace tinwatch::storage {
namespace {

using Kind = OutboxChange::Kind;

// Messages that are meant: by id, by the id of a delivery in them, or by receiver. ?3: only those
// on their way (1), only dead ones (2), or both (0).
constexpr auto messages_meant = R"sql(
  SELECT m.row, m.receiver FROM messages m
  WHERE (?1 = '' OR m.id = ?1 OR m.row IN (SELECT p.message FROM message_parts p
      JOIN deliveries d ON d.seq = p.delivery WHERE d.id = ?1))
    AND (?2 = '' OR m.receiver = ?2)
    AND ((m.state = 'pending' AND ?3 <> 2) OR (m.state = 'dead' AND ?3 <> 1))
)sql";

// Deliveries that are meant and are in no message that counts.
constexpr auto deliveries_meant = R"sql(
  SELECT d.seq, d.receiver FROM deliveries d
  WHERE (?1 = '' OR d.id = ?1) AND (?2 = '' OR d.receiver = ?2)
    AND ((d.state = 'pending' AND ?3 <> 2) OR (d.state = 'dead' AND ?3 <> 1))
    AND NOT EXISTS (SELECT 1 FROM message_parts p JOIN messages m ON m.row = p.message
      WHERE p.delivery = d.seq AND m.state IN ('dead', 'pending'))
)sql";

// What of a message nobody was told, and no other message of it will tell.
constexpr auto parts_of = R"sql(
  SELECT p.delivery FROM message_parts p JOIN deliveries d ON d.seq = p.delivery
  WHERE p.message = ?1 AND d.state IN ('dead', 'written')
    AND NOT EXISTS (SELECT 1 FROM message_parts q JOIN messages o ON o.row = q.message
      WHERE q.delivery = p.delivery AND o.state = 'pending')
)sql";

// Another recipient has what is in it, or waits for it: it is this one's alone.
constexpr auto send_as_it_is = R"sql(
  UPDATE messages SET state = 'pending', next_at = ?2, attempts = 0, failing_since = NULL
  WHERE row = ?1 AND EXISTS (SELECT 1 FROM message_parts p JOIN deliveries d ON d.seq = p.delivery
    WHERE p.message = ?1 AND d.state IN ('delivered', 'written'))
)sql";

// The same where it goes to another receiver.
constexpr auto delivered_parts = R"sql(
  SELECT p.delivery FROM message_parts p JOIN deliveries d ON d.seq = p.delivery
  WHERE p.message = ?1 AND d.state = 'delivered'
    AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.receiver = ?2 AND o.event = d.event)
)sql";

constexpr auto tell_another = R"sql(
  INSERT INTO deliveries (id, receiver, team, event, revision, watch, severity, state, created_at, next_at)
  SELECT ?2, ?3, d.team, d.event, d.revision, d.watch, d.severity, 'pending', d.created_at, ?4
  FROM deliveries d WHERE d.seq = ?1
)sql";

struct Meant {
  std::int64_t row = 0;
  std::string receiver;
};

std::vector<Meant> meant(sqlite::Connection& db, const char* sql, const OutboxChange& change,
                         int which) {
  auto& query = db.use(sql).bind(change.id, change.receiver, which);
  std::vector<Meant> out;
  while (query.step()) out.push_back({query.integer(0), query.text(1)});
  return out;
}

/// A delivery as `change` wants it.
void put(sqlite::Connection& db, const OutboxChange& change, std::int64_t row, Instant now) {
  switch (change.kind) {
    case Kind::retry:
    case Kind::rewrite:
      db.use(
            "UPDATE deliveries SET state = 'pending', next_at = ?2, attempts = 0, failing_since = "
            "NULL WHERE seq = ?1")
          .bind(row, now)
          .run();
      return;
    case Kind::drop:
      db.use("UPDATE deliveries SET state = 'dropped' WHERE seq = ?1").bind(row).run();
      return;
    case Kind::hurry: return;  // it stays as it is
    case Kind::move:
      // The other one may have been told of the event by itself.
      db.use(R"sql(
        UPDATE deliveries SET state = 'superseded' WHERE seq = ?1 AND EXISTS (SELECT 1 FROM deliveries o
          WHERE o.receiver = ?2 AND o.event = deliveries.event AND o.seq <> ?1)
      )sql")
          .bind(row, change.to)
          .run();
      db.use(R"sql(
        UPDATE deliveries SET receiver = ?2, state = 'pending', attempts = 0, next_at = ?3, failing_since = NULL
        WHERE seq = ?1 AND state <> 'superseded'
      )sql")
          .bind(row, change.to, now)
          .run();
      return;
  }
}

std::vector<std::int64_t> numbers(sqlite::Statement& query) {
  std::vector<std::int64_t> out;
  while (query.step()) out.push_back(query.integer(0));
  return out;
}

/// A message that was dropped, and what becomes of what was in it: written anew, but for what
/// another recipient has or waits for.
void change_message(sqlite::Connection& db, const OutboxChange& change, std::int64_t message,
                    Instant now) {
  const auto parts = numbers(db.use(parts_of).bind(message));
  for (const auto part : parts) put(db, change, part, now);
  if (!parts.empty() || change.kind == Kind::drop) return;
  if (change.kind != Kind::move) {
    db.use(send_as_it_is).bind(message, now).run();
    return;
  }
  for (const auto part : numbers(db.use(delivered_parts).bind(message, change.to)))
    db.use(tell_another).bind(part, new_uuid(now), change.to, now).run();
}

/// How much waits, and is not tried later than `now`; by a receiver that is disabled, too.
std::int64_t hurry(sqlite::Connection& db, const std::string& receiver, Instant now) {
  resume_receiver(db, receiver);
  db.use("UPDATE receivers SET disabled = 0 WHERE name = ?1").bind(receiver).run();
  std::int64_t changed = 0;
  for (const auto* sql :
       {"UPDATE deliveries SET next_at = CASE WHEN next_at > ?2 THEN ?2 ELSE next_at END "
        "WHERE receiver = ?1 AND state = 'pending'",
        "UPDATE messages SET next_at = CASE WHEN next_at > ?2 THEN ?2 ELSE next_at END "
        "WHERE receiver = ?1 AND state = 'pending'"})
    changed += db.use(sql).bind(receiver, now).run();
  return changed;
}

}  // namespace

std::int64_t change_outbox(sqlite::Connection& db, const OutboxChange& change, Instant now) {
  if (change.kind == Kind::hurry) return hurry(db, change.receiver, now);
  int which = 0;
  if (change.kind == Kind::rewrite) which = 1;
  if (change.kind == Kind::retry && change.id.empty()) which = 2;
  std::set<std::string> receivers;
  std::int64_t changed = 0;
  // First those in no message: what is taken out of one below is none of them.
  if (change.kind != Kind::rewrite)
    for (const auto& [row, receiver] : meant(db, deliveries_meant, change, which)) {
      put(db, change, row, now);
      receivers.insert(receiver);
      ++changed;
    }
  const auto messages = meant(db, messages_meant, change, which);
  for (const auto& message : messages)
    db.use("UPDATE messages SET state = 'dropped' WHERE row = ?1").bind(message.row).run();
  for (const auto& [row, receiver] : messages) {
    change_message(db, change, row, now);
    receivers.insert(receiver);
    ++changed;
  }
  if (change.kind == Kind::move) receivers.insert(change.to);
  if (change.kind == Kind::retry || change.kind == Kind::move)
    for (const auto& receiver : receivers) resume_receiver(db, receiver);
  return changed;
}

}  // namespace tinwatch::storage
