#include "tables.hpp"

namespace tinwatch::storage {
namespace {

// What one row's failure means for its receiver: nothing goes out for a while.
constexpr auto pause_receiver = R"sql(
  INSERT INTO receivers (name, failures, paused_until)
  SELECT d.receiver, 1, ?2 FROM deliveries d WHERE d.id = ?1
  ON CONFLICT (name) DO UPDATE SET failures = receivers.failures + 1, paused_until = excluded.paused_until
)sql";

constexpr auto resume_receiver = R"sql(
  UPDATE receivers SET failures = 0, paused_until = NULL
  WHERE name = (SELECT d.receiver FROM deliveries d WHERE d.id = ?1)
)sql";

}  // namespace

void mark_delivered(sqlite::Connection& db, const std::string& delivery, Instant at) {
  db.use(
        "UPDATE deliveries SET state = 'delivered', attempts = attempts + 1, delivered_at = ?2, "
        "last_error = '' WHERE id = ?1")
      .bind(delivery, at)
      .run();
  db.use(resume_receiver).bind(delivery).run();
}

void mark_retry(sqlite::Connection& db, const std::string& delivery, const std::string& error,
                Instant next, Instant paused_until) {
  db.use(
        "UPDATE deliveries SET attempts = attempts + 1, next_at = ?2, last_error = ?3 WHERE id = "
        "?1")
      .bind(delivery, next, error)
      .run();
  db.use(pause_receiver).bind(delivery, paused_until).run();
}

void mark_dead(sqlite::Connection& db, const std::string& delivery, const std::string& error) {
  db.use(
        "UPDATE deliveries SET state = 'dead', attempts = attempts + 1, last_error = ?2 WHERE id = "
        "?1")
      .bind(delivery, error)
      .run();
  db.use(resume_receiver).bind(delivery).run();
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
  for (const auto& name : mended)
    db.use("UPDATE receivers SET failures = 0, paused_until = NULL WHERE name = ?1")
        .bind(name)
        .run();
}

}  // namespace tinwatch::storage
