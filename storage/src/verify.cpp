#include "core/time.hpp"
#include "reader_impl.hpp"
#include "snapshot.hpp"
#include "verify_parts.hpp"

#include <algorithm>

namespace tinwatch::storage {
namespace {

std::int64_t number_of(sqlite::Connection& db, const char* sql) {
  auto query = db.prepare(sql);
  return query.step() ? query.integer(0) : 0;
}

std::optional<std::int64_t> source_of(sqlite::Connection& db, const std::string& article_id) {
  auto& query = db.use("SELECT source FROM articles WHERE id = ?1").bind(article_id);
  if (!query.step()) return std::nullopt;
  const auto source = query.integer(0);
  query.reset();
  return source;
}

std::string told(const std::optional<Instant>& at) { return at ? to_rfc3339(*at) : "never"; }

void verify_orphans(const Verification& job) {
  auto& query = job.db.use(R"sql(
    SELECT source, count(*) FROM articles a
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE row = a.source) GROUP BY source
  )sql");
  while (query.step())
    job.fault("source in row " + std::to_string(query.integer(0)),
              "is missing, with " + std::to_string(query.integer(1)) + " articles left of it");
}

std::string missing(std::int64_t from, std::int64_t to) {
  return from == to
             ? "number " + std::to_string(from) + " is missing"
             : "numbers " + std::to_string(from) + " to " + std::to_string(to) + " are missing";
}

}  // namespace

const std::vector<std::string>& what_verify_does_not_cover() {
  static const std::vector<std::string> list = {
      "of a revision: notBefore, the change's class and fields, extractor and profile",
      "of a raw page: address, headers, status and time",
      "of an event: all but its number, type, time, article and revision",
      "readings, hits, deliveries, and what a newer extractor made of an old page",
      "whoever rewrites all of it, hashes included: note the heads above elsewhere and compare"};
  return list;
}

void Verification::fault(const std::string& where, const std::string& what) const {
  ++report.fault_count;
  if (report.faults.size() < most_faults_told) report.faults.push_back(where + ": " + what);
}

void verify_sources(Verification& job) {
  auto& db = job.db;
  const Snapshot snapshot(db);
  job.last_revision = number_of(db, "SELECT max(row) FROM revisions");
  job.last_article = number_of(db, "SELECT max(row) FROM articles");
  job.last_capture = number_of(db, "SELECT max(row) FROM captures");
  job.last_event = number_of(db, "SELECT max(seq) FROM events");
  // SQLite's own count of the numbers it has given.
  const auto given = number_of(db, "SELECT value FROM counters WHERE name = 'events'");
  if (given < job.last_event)
    job.fault("events", "the count of their numbers was set back to " + std::to_string(given));
  job.last_event = std::max(job.last_event, given);
  if (!job.source) verify_orphans(job);
  auto& query = db.use(R"sql(
    SELECT s.row, s.name, s.chain_head, s.last_new_article_at,
      (SELECT first_seen_at FROM articles WHERE row = (SELECT max(row) FROM articles WHERE source = s.row))
    FROM sources s ORDER BY s.row
  )sql");
  while (query.step()) {
    if (!job.covers(query.integer(0))) continue;
    const ChainState chain{.name = query.text(1), .head = query.text(2)};
    const auto recorded = query.maybe_instant(3);
    const auto newest = query.maybe_instant(4);
    if (recorded && !newest)
      job.fault("source " + chain.name, "found its newest article at " + told(recorded) +
                                            " and has none: they are missing");
    else if (recorded != newest)
      job.fault("source " + chain.name, "found its newest article at " + told(recorded) +
                                            " as its row says, at " + told(newest) +
                                            " as the newest one says");
    job.chains.emplace(query.integer(0), chain);
  }
}

void verify_events(Verification& job) {
  static constexpr std::int64_t page = 1000;
  std::int64_t previous = 0;
  for (bool more = true; more;) {
    auto& query = job.db
                      .use(R"sql(
      SELECT e.seq, e.source, e.article, s.row, a.row FROM events e
      LEFT JOIN sources s ON s.row = e.source LEFT JOIN articles a ON a.row = e.article
      WHERE e.seq > ?1 AND e.seq <= ?2 ORDER BY e.seq LIMIT ?3
    )sql")
                      .bind(previous, job.last_event, page);
    more = false;
    while (query.step()) {
      more = true;
      const auto seq = query.integer(0);
      if (seq != previous + 1 && !job.source) job.fault("events", missing(previous + 1, seq - 1));
      previous = seq;
      if (!job.covers(query.integer(1))) continue;
      ++job.report.events;
      const auto where = "event " + std::to_string(seq);
      if (!query.is_null(1) && query.is_null(3)) job.fault(where, "its source is missing");
      if (!query.is_null(2) && query.is_null(4)) job.fault(where, "its article is missing");
    }
  }
  if (previous != job.last_event && !job.source)
    job.fault("events", missing(previous + 1, job.last_event));
}

VerifyReport Reader::verify(const std::string& article_id) const {
  VerifyReport report;
  Verification job{.db = impl_->db, .report = report};
  try {
    if (!article_id.empty()) job.source = source_of(impl_->db, article_id);
    verify_sources(job);
    verify_revisions(job);
    verify_other_captures(job);
    verify_further_captures(job);
    verify_articles(job);
    verify_events(job);
  } catch (const sqlite::Error& e) {
    if (!is_damage(e)) throw;
    job.fault(impl_->path, e.what());
  }
  for (const auto& [row, chain] : job.chains)
    report.sources.push_back({chain.name, chain.revisions, chain.head});
  return report;
}

}  // namespace tinwatch::storage
