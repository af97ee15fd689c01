#include "tables.hpp"

namespace tinwatch::storage {
namespace {

constexpr auto upsert_source = R"sql(
  INSERT INTO sources (name, title, active) VALUES (?1, ?2, 1)
  ON CONFLICT (name) DO UPDATE SET title = excluded.title, active = 1
  RETURNING row
)sql";

// A start page that is known already keeps its due time: a reload is no burst.
constexpr auto upsert_start = R"sql(
  INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at, is_start)
  VALUES (?1, ?2, ?3, ?4, 'waiting', 'live', 1, ?5, ?5, 1)
  ON CONFLICT (source, url) DO UPDATE SET state = 'waiting', kind = excluded.kind, is_start = 1,
    further_page = 0
)sql";

}  // namespace

void write_source_report(sqlite::Connection& db, const SourceReport& report) {
  const auto& condition = report.condition;
  auto& source = db.use("SELECT row FROM sources WHERE name = ?1").bind(condition.source);
  if (!source.step()) return;  // it left the configuration before its first visit
  const SourceRow row(source.integer(0));
  source.reset();
  db.use(
        "UPDATE sources SET silent_since = ?2, drifted_since = ?3, unreachable_since = ?4, "
        "drifted_fields = ?5 WHERE "
        "row = ?1")
      .bind(row, condition.silent_since, condition.drifted_since, condition.unreachable_since,
            condition.drifted)
      .run();
  for (const auto& event : report.events) write_event(db, row, std::nullopt, event);
}

void sync_sources(sqlite::Connection& db, const std::vector<SourceEntry>& sources, Instant now) {
  db.execute("UPDATE sources SET active = 0");
  // What left the configuration is no longer visited; what is still in it comes back below.
  db.execute("UPDATE frontier SET state = 'retired' WHERE is_start = 1");
  for (const auto& source : sources) {
    auto& upsert = db.use(upsert_source).bind(source.name, source.title);
    upsert.step();
    const SourceRow row(upsert.integer(0));
    upsert.reset();
    for (const auto& start : source.start)
      db.use(upsert_start).bind(row, start.url, start.host, label(start.kind), now).run();
  }
}

}  // namespace tinwatch::storage
