#include "core/back_off.hpp"
#include "core/host_state.hpp"
#include "tables.hpp"

/// The machine's clock was ahead and was put right: what was written meanwhile lies in a time to
/// come, and nothing would happen until then. Waits are counted from now; what is said to have
/// happened later than now happened now.
namespace tinwatch::storage {
namespace {

constexpr auto mend_checks = R"sql(
  UPDATE checks SET due_at = CASE WHEN due_at > checked_at THEN ?1 + (due_at - checked_at) ELSE ?1 END,
    checked_at = ?1, succeeded_at = CASE WHEN succeeded_at > ?1 THEN ?1 ELSE succeeded_at END,
    shown_at = CASE WHEN shown_at > ?1 THEN ?1 ELSE shown_at END,
    run_since = CASE WHEN run_since > ?1 THEN ?1 ELSE run_since END
  WHERE checked_at > ?1
)sql";

// Found meanwhile, and not visited yet.
constexpr auto mend_found =
    "UPDATE checks SET due_at = ?1 WHERE checked_at IS NULL AND due_at > ?1";

constexpr auto mend_articles = R"sql(
  UPDATE articles SET last_shown_at = CASE WHEN last_shown_at > ?1 THEN ?1 ELSE last_shown_at END,
    absent_since = CASE WHEN absent_since > ?1 THEN ?1 ELSE absent_since END,
    held_since = CASE WHEN held_since > ?1 THEN ?1 ELSE held_since END,
    held_went_at = CASE WHEN held_went_at > ?1 THEN ?1 ELSE held_went_at END,
    back_since = CASE WHEN back_since > ?1 THEN ?1 ELSE back_since END,
    flickered_at = CASE WHEN flickered_at > ?1 THEN ?1 ELSE flickered_at END
  WHERE last_checked_at > ?1
)sql";

constexpr auto mend_addresses = "UPDATE article_urls SET last_ok_at = ?1 WHERE last_ok_at > ?1";

constexpr auto mend_hosts = R"sql(
  UPDATE hosts SET next_allowed = CASE WHEN next_allowed > ?2 THEN ?1 ELSE next_allowed END,
    blocked_until = CASE WHEN last_failure > ?1 THEN ?1 + (blocked_until - last_failure) ELSE blocked_until END,
    last_failure = CASE WHEN last_failure > ?1 THEN ?1 ELSE last_failure END
  WHERE next_allowed > ?2 OR last_failure > ?1
)sql";

constexpr auto mend_receivers = R"sql(
  UPDATE receivers SET paused_until = CASE WHEN paused_until > ?2 THEN ?1 ELSE paused_until END,
    failing_since = CASE WHEN failing_since > ?1 THEN ?1 ELSE failing_since END
  WHERE paused_until > ?2 OR failing_since > ?1
)sql";
constexpr auto mend_deliveries =
    "UPDATE deliveries SET next_at = ?1 WHERE state = 'pending' AND next_at > ?2";
constexpr auto mend_messages = R"sql(
  UPDATE messages SET created_at = CASE WHEN created_at > ?1 THEN ?1 ELSE created_at END,
    next_at = CASE WHEN next_at > ?2 THEN ?1 ELSE next_at END
  WHERE created_at > ?1 OR next_at > ?2
)sql";

constexpr auto mend_templates = "UPDATE templates SET voted_at = ?1 WHERE voted_at > ?1";

constexpr auto mend_noise = "UPDATE noise SET met_at = ?1 WHERE met_at > ?1";
constexpr auto mend_suspects = "UPDATE suspects SET seen_at = ?1 WHERE seen_at > ?1";

constexpr auto mend_robots = "UPDATE robots SET fetched_at = ?1 WHERE fetched_at > ?1";

constexpr auto move_articles = R"sql(
  UPDATE articles SET absent_since = absent_since + ?1, held_since = held_since + ?1, held_went_at = held_went_at + ?1,
    back_since = back_since + ?1, flickered_at = flickered_at + ?1
  WHERE absent_since IS NOT NULL OR held_since IS NOT NULL OR held_went_at IS NOT NULL OR back_since IS NOT NULL
    OR flickered_at IS NOT NULL
)sql";

}  // namespace

void move_waits(sqlite::Connection& db, Duration by) { db.use(move_articles).bind(by).run(); }

void mend_times(sqlite::Connection& db, Instant now, Duration delay) {
  db.use(mend_checks).bind(now).run();
  db.use(mend_found).bind(now).run();
  db.use(mend_articles).bind(now).run();
  db.use(mend_addresses).bind(now).run();
  db.use(mend_hosts).bind(now, now + longest_politeness(delay)).run();
  const auto latest = now + longest_back_off;
  db.use(mend_receivers).bind(now, latest).run();
  db.use(mend_deliveries).bind(now, latest).run();
  db.use(mend_messages).bind(now, latest).run();
  db.use(mend_robots).bind(now).run();
  db.use(mend_templates).bind(now).run();
  db.use(mend_noise).bind(now).run();
  db.use(mend_suspects).bind(now).run();
}

}  // namespace tinwatch::storage
