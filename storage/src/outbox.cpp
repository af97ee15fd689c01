#include "storage/outbox.hpp"

#include "tables.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace tinwatch::storage {
namespace {

constexpr std::array all_states{DeliveryState::pending,    DeliveryState::written,
                                DeliveryState::snoozed,    DeliveryState::delivered,
                                DeliveryState::dead,       DeliveryState::settled,
                                DeliveryState::superseded, DeliveryState::dropped};

constexpr auto pause_receiver = R"sql(
  INSERT INTO receivers (name, failures, paused_until, failing_since, is_failing) VALUES (?1, 1, ?2, ?3, ?4)
  ON CONFLICT (name) DO UPDATE SET failures = receivers.failures + 1, paused_until = excluded.paused_until,
    failing_since = coalesce(receivers.failing_since, excluded.failing_since),
    is_failing = CASE WHEN excluded.is_failing <> 0 THEN 1 ELSE receivers.is_failing END
)sql";

constexpr auto receiver_took = R"sql(
  INSERT INTO receivers (name, took_at) VALUES (?1, ?2)
  ON CONFLICT (name) DO UPDATE SET failures = 0, paused_until = NULL, failing_since = NULL, is_failing = 0,
    took_at = excluded.took_at
)sql";

struct Sql {
  const char* delivered;
  const char* later;
  const char* dead;
};

// Each for the receiver that was asked alone: what was moved meanwhile is another one's.
constexpr Sql of_delivery{
    .delivered =
        "UPDATE deliveries SET state = 'delivered', attempts = attempts + 1, delivered_at = ?3, "
        "last_error = '' WHERE id = ?1 AND receiver = ?2",
    .later =
        "UPDATE deliveries SET attempts = attempts + 1, next_at = ?3, last_error = ?4, "
        "failing_since = coalesce(failing_since, ?5) WHERE id = ?1 AND receiver = ?2",
    .dead =
        "UPDATE deliveries SET state = 'dead', attempts = attempts + 1, last_error = ?3 WHERE id = "
        "?1 AND receiver = ?2"};

constexpr Sql of_message{
    // One that was dropped to be written anew while it was on its way was told all the same.
    .delivered =
        "UPDATE messages SET state = 'delivered', attempts = attempts + 1, delivered_at = ?3, "
        "last_error = '' WHERE id = ?1 AND receiver = ?2 AND state IN ('pending', 'dropped')",
    .later =
        "UPDATE messages SET attempts = attempts + 1, next_at = ?3, last_error = ?4, "
        "failing_since = coalesce(failing_since, ?5) WHERE id = ?1 AND receiver = ?2 AND state = "
        "'pending'",
    .dead =
        "UPDATE messages SET state = 'dead', attempts = attempts + 1, last_error = ?3 WHERE id = "
        "?1 AND receiver = ?2 AND state = 'pending'"};

// One recipient has it: it was told.
constexpr auto parts_delivered = R"sql(
  UPDATE deliveries SET state = 'delivered', attempts = attempts + 1, delivered_at = ?2, last_error = ''
  WHERE state IN ('written', 'dead', 'pending') AND seq IN (SELECT p.delivery FROM message_parts p
    JOIN messages m ON m.row = p.message WHERE m.id = ?1 AND m.receiver = deliveries.receiver)
)sql";

constexpr auto parts_failed = R"sql(
  UPDATE deliveries SET attempts = attempts + 1, last_error = ?2
  WHERE state = 'written' AND seq IN (SELECT p.delivery FROM message_parts p
    JOIN messages m ON m.row = p.message WHERE m.id = ?1)
)sql";

// While another recipient's message is on its way, they are not dead yet.
constexpr auto parts_dead = R"sql(
  UPDATE deliveries SET state = 'dead', attempts = attempts + 1, last_error = ?2
  WHERE state = 'written' AND seq IN (SELECT p.delivery FROM message_parts p
    JOIN messages m ON m.row = p.message WHERE m.id = ?1)
  AND NOT EXISTS (SELECT 1 FROM message_parts q JOIN messages o ON o.row = q.message
    WHERE q.delivery = deliveries.seq AND o.state = 'pending')
)sql";

constexpr auto note_told = R"sql(
  INSERT INTO told (receiver, article, revision, at)
  SELECT m.receiver, e.article, max(d.revision), max(m.delivered_at)
  FROM messages m JOIN message_parts p ON p.message = m.row JOIN deliveries d ON d.seq = p.delivery
  JOIN events e ON e.seq = d.event
  WHERE m.id = ?1 AND e.article IS NOT NULL AND d.revision > 0
  GROUP BY m.receiver, e.article
  ON CONFLICT (receiver, article) DO UPDATE SET at = excluded.at,
    revision = CASE WHEN excluded.revision > told.revision THEN excluded.revision ELSE told.revision END
)sql";

// Edits of the article that stepped aside: the later message's difference begins where theirs do,
// if the receiver had been told of the article before.
constexpr auto supersede = R"sql(
  UPDATE messages SET state = 'superseded' WHERE state = 'pending'
    AND row IN (SELECT o.row FROM messages o JOIN messages m ON m.receiver = o.receiver
      AND m.recipient = o.recipient AND m.article = o.article
      WHERE m.id = ?1 AND o.row < m.row AND o.state = 'pending'
      AND EXISTS (SELECT 1 FROM told t WHERE t.receiver = m.receiver AND t.article = m.article)
      AND NOT EXISTS (SELECT 1 FROM message_parts p JOIN deliveries d ON d.seq = p.delivery
        JOIN events e ON e.seq = d.event WHERE p.message = o.row AND e.type <> 'tinwatch.article.revised'))
)sql";

constexpr auto parts_superseded = R"sql(
  UPDATE deliveries SET state = 'superseded'
  WHERE state = 'written' AND receiver = (SELECT m.receiver FROM messages m WHERE m.id = ?1)
    AND EXISTS (SELECT 1 FROM message_parts p JOIN messages o ON o.row = p.message
      WHERE p.delivery = deliveries.seq AND o.state = 'superseded')
    AND NOT EXISTS (SELECT 1 FROM message_parts q JOIN messages n ON n.row = q.message
      WHERE q.delivery = deliveries.seq AND n.state = 'pending')
)sql";

constexpr auto insert_message = R"sql(
  INSERT INTO messages (id, receiver, recipient, article, group_key, state, created_at, next_at, title, body, plain)
  VALUES (?1, ?2, ?3, (SELECT a.row FROM articles a WHERE a.id = ?4), ?5, 'pending', ?6, ?6, ?7, ?8, ?9)
  RETURNING row
)sql";

void end(sqlite::Connection& db, const Told& told, const Delivered& end) {
  db.use(receiver_took).bind(told.receiver, end.at).run();
  const auto* const sql = told.is_message ? of_message.delivered : of_delivery.delivered;
  if (db.use(sql).bind(told.id, told.receiver, end.at).run() == 0 || !told.is_message) return;
  db.use(parts_delivered).bind(told.id, end.at).run();
  db.use(supersede).bind(told.id).run();
  db.use(note_told).bind(told.id).run();
  db.use(parts_superseded).bind(told.id).run();
}

void end(sqlite::Connection& db, const Told& told, const TryLater& end) {
  db.use(told.is_message ? of_message.later : of_delivery.later)
      .bind(told.id, told.receiver, end.next, end.error, end.at)
      .run();
  if (told.is_message) db.use(parts_failed).bind(told.id, end.error).run();
  db.use(pause_receiver).bind(told.receiver, end.paused_until, end.at, end.is_failing).run();
}

void end(sqlite::Connection& db, const Told& told, const TryPlain& end) {
  db.use("UPDATE messages SET attempts = attempts + 1, is_plain = 1, last_error = ?2 WHERE id = ?1")
      .bind(told.id, end.error)
      .run();
}

void end(sqlite::Connection& db, const Told& told, const Dead& end) {
  const auto* const sql = told.is_message ? of_message.dead : of_delivery.dead;
  const int changed = db.use(sql).bind(told.id, told.receiver, end.error).run();
  if (told.is_message && changed > 0) db.use(parts_dead).bind(told.id, end.error).run();
  if (end.has_answered) resume_receiver(db, told.receiver);
}

/// Takes the rows out of the queue; those that are gone from it meanwhile are left alone.
void take(sqlite::Connection& db, const NewMessage& message, std::set<std::int64_t>& taken) {
  for (const auto delivery : message.deliveries)
    if (db.use("UPDATE deliveries SET state = 'written' WHERE seq = ?1 AND receiver = ?2 AND state "
               "= 'pending'")
            .bind(delivery, message.receiver)
            .run() > 0)
      taken.insert(delivery);
}

}  // namespace

std::string_view label(DeliveryState state) {
  switch (state) {
    case DeliveryState::pending: return "pending";
    case DeliveryState::written: return "written";
    case DeliveryState::snoozed: return "snoozed";
    case DeliveryState::delivered: return "delivered";
    case DeliveryState::dead: return "dead";
    case DeliveryState::settled: return "settled";
    case DeliveryState::superseded: return "superseded";
    case DeliveryState::dropped: return "dropped";
  }
  return "";
}

std::optional<DeliveryState> delivery_state_from(std::string_view word) {
  for (const auto state : all_states)
    if (label(state) == word) return state;
  return std::nullopt;
}

void end_try(sqlite::Connection& db, const Told& told, const TryEnd& how) {
  std::visit([&](const auto& one) { end(db, told, one); }, how);
}

void write_messages(sqlite::Connection& db, const NewMessages& made) {
  std::set<std::int64_t> taken;  // a message to several recipients has the same rows for each
  for (const auto& message : made.messages) take(db, message, taken);
  for (const auto& message : made.messages) {
    const auto& rows = message.deliveries;
    if (std::none_of(rows.begin(), rows.end(), [&](auto row) { return taken.contains(row); }))
      continue;
    const auto row = db.use(insert_message)
                         .bind(message.id, message.receiver, message.recipient, message.article,
                               message.group_key, message.at, message.title,
                               sqlite::Blob{message.body}, sqlite::Blob{message.plain})
                         .number();
    for (const auto delivery : rows)
      if (taken.contains(delivery))
        db.use("INSERT INTO message_parts (message, delivery) VALUES (?1, ?2)")
            .bind(row, delivery)
            .run();
  }
  for (const auto delivery : made.settled)
    db.use(
          "UPDATE deliveries SET state = 'settled' WHERE seq = ?1 AND state IN ('pending', "
          "'snoozed')")
        .bind(delivery)
        .run();
  for (const auto delivery : made.damaged)
    db.use(
          "UPDATE deliveries SET state = 'dead', last_error = 'the stored event is damaged' WHERE "
          "seq = ?1 AND state = 'pending'")
        .bind(delivery)
        .run();
}

void resume_receiver(sqlite::Connection& db, const std::string& receiver) {
  db.use("UPDATE receivers SET failures = 0, paused_until = NULL WHERE name = ?1")
      .bind(receiver)
      .run();
}

void disable_receiver(sqlite::Connection& db, const std::string& receiver) {
  db.use(
        "INSERT INTO receivers (name, disabled) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET "
        "disabled = 1")
      .bind(receiver)
      .run();
}

void enable_receivers(sqlite::Connection& db, const std::vector<std::string>& mended) {
  db.use("UPDATE receivers SET disabled = 0, paused_until = NULL WHERE disabled = 1").run();
  for (const auto& name : mended) {
    resume_receiver(db, name);
    // They are written for where it was before.
    change_outbox(db, {.kind = OutboxChange::Kind::rewrite, .receiver = name}, Instant{});
  }
}

}  // namespace tinwatch::storage
