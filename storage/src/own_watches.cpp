#include "storage/own_watches.hpp"

#include "core/time.hpp"
#include "reader_impl.hpp"
#include "storage/audit.hpp"
#include "transaction.hpp"

namespace tinwatch::storage {
namespace {

void note(Transaction& transaction, const WatchChange& change, const char* action) {
  append_audit(transaction, {.at = change.at,
                             .who = change.who,
                             .action = action,
                             .subject = change.name,
                             .detail = change.definition});
}

}  // namespace

OwnSettings own_settings(const Reader& reader, Instant now) {
  auto& db = reader.impl().db;
  OwnSettings out;
  auto& watches =
      db.use("SELECT name, definition, created_at, changed_at, who FROM watches ORDER BY name")
          .bind();
  while (watches.step())
    out.watches.push_back({.name = watches.text(0),
                           .definition = watches.text(1),
                           .created_at = watches.instant(2),
                           .changed_at = watches.instant(3),
                           .who = watches.text(4)});
  watches.reset();
  auto& snoozes =
      db.use("SELECT watch, until, who FROM snoozes WHERE until > ?1 ORDER BY watch").bind(now);
  while (snoozes.step())
    out.snoozes.push_back(
        {.watch = snoozes.text(0), .until = snoozes.instant(1), .who = snoozes.text(2)});
  snoozes.reset();
  return out;
}

bool add_watch(Transaction& transaction, const WatchChange& change) {
  const int added = transaction.db
                        .use(R"sql(
    INSERT INTO watches (name, definition, created_at, changed_at, who) VALUES (?1, ?2, ?3, ?3, ?4)
    ON CONFLICT (name) DO NOTHING
  )sql")
                        .bind(change.name, change.definition, change.at, change.who)
                        .run();
  if (added > 0) note(transaction, change, "watch.added");
  return added > 0;
}

bool change_watch(Transaction& transaction, const WatchChange& change) {
  const int changed =
      transaction.db
          .use("UPDATE watches SET definition = ?2, changed_at = ?3, who = ?4 WHERE name = ?1")
          .bind(change.name, change.definition, change.at, change.who)
          .run();
  if (changed > 0) note(transaction, change, "watch.changed");
  return changed > 0;
}

bool delete_watch(Transaction& transaction, const std::string& name, ItsSnooze its_snooze,
                  const std::string& who, Instant at) {
  auto& taken =
      transaction.db.use("DELETE FROM watches WHERE name = ?1 RETURNING definition").bind(name);
  if (!taken.step()) return false;
  const WatchChange change{name, taken.text(0), who, at};
  taken.reset();
  if (its_snooze == ItsSnooze::ends)
    transaction.db.use("DELETE FROM snoozes WHERE watch = ?1").bind(name).run();
  note(transaction, change, "watch.deleted");
  return true;
}

std::int64_t snooze(Transaction& transaction, const Snooze& snooze, Instant at) {
  auto& db = transaction.db;
  db.use("DELETE FROM snoozes WHERE until <= ?1").bind(at).run();
  db.use(R"sql(
    INSERT INTO snoozes (watch, until, who) VALUES (?1, ?2, ?3)
    ON CONFLICT (watch) DO UPDATE SET until = excluded.until, who = excluded.who
  )sql")
      .bind(snooze.watch, snooze.until, snooze.who)
      .run();
  // One that was tried may have arrived: it is tried until that is known.
  const int held = db.use(R"sql(
    UPDATE deliveries SET state = 'snoozed' WHERE watch = ?1 AND state = 'pending' AND attempts = 0
  )sql")
                       .bind(snooze.watch)
                       .run();
  append_audit(transaction, {.at = at,
                             .who = snooze.who,
                             .action = "watch.snoozed",
                             .subject = snooze.watch,
                             .detail = "until " + to_rfc3339(snooze.until)});
  return held;
}

bool end_snooze(Transaction& transaction, const std::string& watch, const std::string& who,
                Instant at) {
  const int ended = transaction.db.use("DELETE FROM snoozes WHERE watch = ?1 AND until > ?2")
                        .bind(watch, at)
                        .run();
  if (ended == 0) return false;
  append_audit(
      transaction,
      {.at = at, .who = who, .action = "watch.woken", .subject = watch, .detail = "snooze ended"});
  return true;
}

}  // namespace tinwatch::storage
