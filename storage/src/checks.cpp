#include "tables.hpp"

/// What visits leave behind: one row a URL, and all that a visit writes that finds nothing.
namespace tinwatch::storage {
namespace {

constexpr int most_visits_kept = 19;  // runs of visits that ended alike, beside the last

// Visits that end alike are one run. A run that ends goes where `explain` finds it.
constexpr auto keep_last_run = R"sql(
  INSERT INTO visits (frontier, first_at, last_at, times, outcome, detail)
  SELECT c.frontier, c.run_since, c.checked_at, c.run_length, c.outcome, c.detail FROM checks c
  WHERE c.frontier = ?1 AND c.run_length > 0
  ON CONFLICT (frontier, first_at) DO UPDATE SET last_at = excluded.last_at, times = excluded.times,
    outcome = excluded.outcome, detail = excluded.detail
  RETURNING frontier
)sql";

constexpr auto forget_visits = R"sql(
  DELETE FROM visits WHERE frontier = ?1 AND first_at <=
    (SELECT v.first_at FROM visits v WHERE v.frontier = ?1 ORDER BY v.first_at DESC LIMIT 1 OFFSET ?2)
)sql";

constexpr auto write_seen = R"sql(
  UPDATE checks SET state = 'waiting', priority = ?10, due_at = ?3, due_reason = ?4, checked_at = ?2,
    succeeded_at = ?2, shown_at = CASE WHEN ?5 <> 0 THEN ?11 ELSE shown_at END, failures = 0, shortcuts = ?6,
    run_since = CASE WHEN ?9 <> 0 THEN ?2 ELSE run_since END,
    run_length = CASE WHEN ?9 <> 0 THEN 1 ELSE run_length + 1 END, outcome = ?7, detail = ?8
  WHERE frontier = ?1 AND (?9 <> 0 OR (run_length > 0 AND outcome = ?7 AND detail = ?8))
)sql";

constexpr auto write_failed = R"sql(
  UPDATE checks SET state = 'waiting', due_at = ?3, due_reason = ?4, checked_at = ?2, failures = ?5,
    run_since = CASE WHEN ?8 <> 0 THEN ?2 ELSE run_since END,
    run_length = CASE WHEN ?8 <> 0 THEN 1 ELSE run_length + 1 END, outcome = ?6, detail = ?7
  WHERE frontier = ?1 AND (?8 <> 0 OR (run_length > 0 AND outcome = ?6 AND detail = ?7))
)sql";

constexpr auto write_retired = R"sql(
  UPDATE checks SET state = 'retired', due_reason = '', checked_at = ?2,
    succeeded_at = CASE WHEN ?3 <> 0 THEN ?2 ELSE succeeded_at END, failures = ?4, shortcuts = 0,
    run_since = CASE WHEN ?7 <> 0 THEN ?2 ELSE run_since END,
    run_length = CASE WHEN ?7 <> 0 THEN 1 ELSE run_length + 1 END, outcome = ?5, detail = ?6
  WHERE frontier = ?1 AND (?7 <> 0 OR (run_length > 0 AND outcome = ?5 AND detail = ?6))
)sql";

// Not written where nothing is new: that is most polls.
constexpr auto write_validators = R"sql(
  UPDATE frontier SET etag = ?2, last_modified = ?3, body_sha256 = ?4, parse_attempts = 0
  WHERE row = ?1 AND (etag <> ?2 OR last_modified <> ?3 OR body_sha256 <> ?4 OR parse_attempts <> 0)
)sql";

constexpr auto clear_parse_attempts =
    "UPDATE frontier SET parse_attempts = 0 WHERE row = ?1 AND parse_attempts <> 0";

/// Goes on with the run of visits that ended like this one, or begins a new one. `write` is told
/// whether it is new, and says whether it wrote.
template <class Write>
void write_run(sqlite::Connection& db, FrontierRow row, const Write& write) {
  if (write(/*is_new_run=*/false)) return;  // most visits end like the one before
  if (db.use(keep_last_run).bind(row).number())
    db.use(forget_visits).bind(row, most_visits_kept).run();
  write(/*is_new_run=*/true);
}

void write_end(sqlite::Connection& db, const FrontierUpdate& update, const Seen& seen) {
  write_run(db, update.row, [&](bool is_new_run) {
    return db.use(write_seen)
               .bind(update.row, update.visited_at, seen.next.at, seen.next.reason,
                     seen.shows_article, seen.shortcuts, label(update.outcome), update.detail,
                     is_new_run, static_cast<int>(Priority::known), shown_at(update))
               .run() > 0;
  });
  if (seen.validators) write_page_state(db, update.row, *seen.validators);
  if (seen.becomes_article)
    db.use("UPDATE frontier SET kind = 'article' WHERE row = ?1").bind(update.row).run();
}

void write_end(sqlite::Connection& db, const FrontierUpdate& update, const Retired& retired) {
  write_run(db, update.row, [&](bool is_new_run) {
    return db.use(write_retired)
               .bind(update.row, update.visited_at, retired.was_seen, retired.failures,
                     label(update.outcome), update.detail, is_new_run)
               .run() > 0;
  });
  // Who comes back is read whole: its article may have changed at another address meanwhile.
  if (!retired.keep_parse_attempts) write_page_state(db, update.row, {});
}

/// Whoever finds lists among what he took for articles may find them without end.
constexpr int most_lists_of_a_source = 256;

constexpr auto make_list = R"sql(
  UPDATE frontier SET kind = 'listing' WHERE row = ?1 AND is_sure = 0
    AND (SELECT count(*) FROM frontier o WHERE o.source = frontier.source AND o.kind <> 'article') < ?2
  RETURNING row
)sql";

void write_end(sqlite::Connection& db, const FrontierUpdate& update, const Failed& failed) {
  if (failed.becomes_list && !db.use(make_list).bind(update.row, most_lists_of_a_source).number()) {
    write_end(db, update, Retired{});
    return;
  }
  write_run(db, update.row, [&](bool is_new_run) {
    return db.use(write_failed)
               .bind(update.row, update.visited_at, failed.next.at, failed.next.reason,
                     failed.failures, label(update.outcome), update.detail, is_new_run)
               .run() > 0;
  });
  if (!failed.keep_parse_attempts) db.use(clear_parse_attempts).bind(update.row).run();
}

}  // namespace

void write_page_state(sqlite::Connection& db, FrontierRow row, const Validators& validators) {
  db.use(write_validators)
      .bind(row, sqlite::Blob{validators.etag}, sqlite::Blob{validators.last_modified},
            validators.body_sha256)
      .run();
}

void update_frontier(sqlite::Connection& db, const FrontierUpdate& update) {
  std::visit([&](const auto& end) { write_end(db, update, end); }, update.end);
  if (update.vote) write_vote(db, update.row, *update.vote, update.visited_at);
}

}  // namespace tinwatch::storage
