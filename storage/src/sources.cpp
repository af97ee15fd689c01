#include "tables.hpp"

namespace tinwatch::storage {
namespace {

constexpr auto upsert_source = R"sql(
  INSERT INTO sources (name, title, active) VALUES (?1, ?2, 1)
  ON CONFLICT (name) DO UPDATE SET title = excluded.title, active = 1
  RETURNING row
)sql";

constexpr auto upsert_start = R"sql(
  INSERT INTO frontier (source, url, host, kind, discovery, found_at, is_start)
  VALUES (?1, ?2, ?3, ?4, 'live', ?5, 1)
  ON CONFLICT (source, url) DO UPDATE SET kind = excluded.kind, is_start = 1, further_page = 0
  RETURNING row
)sql";

// A start page that is known already keeps its due time: a reload is no burst.
constexpr auto check_start = R"sql(
  INSERT INTO checks (frontier, host, state, priority, due_at) VALUES (?1, ?2, 'waiting', ?3, ?4)
  ON CONFLICT (frontier) DO UPDATE SET state = 'waiting'
)sql";

constexpr auto retire_starts = R"sql(
  UPDATE checks SET state = 'retired'
  WHERE frontier IN (SELECT f.row FROM frontier f WHERE f.kind <> 'article' AND f.is_start = 1)
)sql";

}  // namespace

void write_source_report(Transaction& transaction, const SourceReport& report) {
  auto& db = transaction.db;
  const auto& condition = report.condition;
  auto& source = db.use("SELECT row FROM sources WHERE name = ?1").bind(condition.source);
  if (!source.step()) return;  // it left the configuration before its first visit
  const SourceRow row(source.integer(0));
  source.reset();
  db.use(
        "UPDATE sources SET silent_since = ?2, drifted_since = ?3, unreachable_since = ?4, "
        "drifted_fields = ?5, silent_reason = ?6, unreachable_reason = ?7, empty_parameters = ?8 "
        "WHERE row = ?1")
      .bind(row, condition.silent_since, condition.drifted_since, condition.unreachable_since,
            condition.drifted, condition.silent_since ? label(condition.silent_reason) : "",
            condition.unreachable_since ? condition.unreachable_reason : std::string(),
            condition.empty_parameters)
      .run();
  for (const auto& event : report.events) transaction.add({.source = row, .event = event});
}

void sync_sources(sqlite::Connection& db, const std::vector<SourceEntry>& sources, Instant now) {
  db.use("UPDATE sources SET active = 0").run();
  // What left the configuration is no longer visited; what is still in it comes back below.
  db.use(retire_starts).run();
  for (const auto& source : sources) {
    const SourceRow row(db.use(upsert_source).bind(source.name, source.title).number().value());
    for (const auto& start : source.start) {
      const FrontierRow page(db.use(upsert_start)
                                 .bind(row, start.url, start.host, label(start.kind), now)
                                 .number()
                                 .value());
      db.use(check_start).bind(page, start.host, static_cast<int>(Priority::known), now).run();
    }
  }
}

}  // namespace tinwatch::storage
