#include "storage/hits.hpp"

#include "reader_impl.hpp"
#include "storage/audit.hpp"
#include "transaction.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

constexpr auto hit_columns = R"sql(
  SELECT h.row, h.id, e.id, h.watch, h.team, h.origin, h.transition, e.at, a.id, s.name, h.revision, e.data,
    h.verdict, h.note, h.assignee, h.judged_by, h.judged_at
  FROM hits h JOIN events e ON e.seq = h.event JOIN articles a ON a.row = h.article JOIN sources s ON s.row = a.source
)sql";

HitView read_hit(const sqlite::Statement& row) {
  return {.row = row.integer(0),
          .id = row.text(1),
          .event = row.text(2),
          .watch = row.text(3),
          .team = row.text(4),
          .origin = row.text(5),
          .transition = row.text(6),
          .at = row.instant(7),
          .article = row.text(8),
          .source = row.text(9),
          .revision = static_cast<int>(row.integer(10)),
          .data = row.text(11),
          .verdict = word(verdict_from(row.text(12))),
          .note = row.text(13),
          .assignee = row.text(14),
          .judged_by = row.text(15),
          .judged_at = row.maybe_instant(16)};
}

/// Each filter has an index of its own, and none is asked that cannot answer: what a reader asks
/// for costs as much as it is shown.
sqlite::Statement& query_of(sqlite::Connection& db, const HitFilter& filter) {
  static const std::string sql = hit_columns;
  static const std::string newest = " ORDER BY h.row DESC LIMIT ?2";
  static const std::string any = sql + "WHERE h.row < ?1" + newest;
  static const std::string judged = sql + "WHERE h.row < ?1 AND h.verdict = ?3" + newest;
  static const std::string of_watch = sql + "WHERE h.row < ?1 AND h.watch = ?3" + newest;
  static const std::string of_both =
      sql + "WHERE h.row < ?1 AND h.watch = ?3 AND h.verdict = ?4" + newest;
  const auto before = filter.before > 0 ? filter.before : std::numeric_limits<std::int64_t>::max();
  const auto limit = static_cast<std::int64_t>(filter.limit);
  const auto verdict = filter.verdict ? label(*filter.verdict) : std::string_view();
  if (filter.watch.empty() && !filter.verdict) return db.use(any.c_str()).bind(before, limit);
  if (filter.watch.empty()) return db.use(judged.c_str()).bind(before, limit, verdict);
  if (!filter.verdict) return db.use(of_watch.c_str()).bind(before, limit, filter.watch);
  return db.use(of_both.c_str()).bind(before, limit, filter.watch, verdict);
}

std::string detail_of(const Triage& triage) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (triage.verdict) add(std::string(label(*triage.verdict)));
  if (triage.assignee) add("assignee: " + *triage.assignee);
  if (triage.note) add("note: " + *triage.note);
  return out;
}

}  // namespace

std::string_view label(Verdict verdict) {
  switch (verdict) {
    case Verdict::fresh: return "new";
    case Verdict::relevant: return "relevant";
    case Verdict::irrelevant: return "irrelevant";
    case Verdict::done: return "done";
  }
  return "";
}

std::optional<Verdict> verdict_from(std::string_view word) {
  for (const auto verdict : all_verdicts)
    if (label(verdict) == word) return verdict;
  return std::nullopt;
}

std::vector<HitView> hits(const Reader& reader, const HitFilter& filter) {
  auto& query = query_of(reader.impl().db, filter);
  std::vector<HitView> out;
  out.reserve(filter.limit);
  while (query.step()) out.push_back(read_hit(query));
  query.reset();
  return out;
}

std::vector<std::string> triage(Transaction& transaction, const Triage& triage) {
  auto& db = transaction.db;
  std::vector<std::string> unknown;
  for (const auto& id : triage.ids)
    if (!db.use("SELECT row FROM hits WHERE id = ?1").bind(id).number()) unknown.push_back(id);
  if (!unknown.empty()) return unknown;
  std::optional<std::string_view> verdict;
  if (triage.verdict) verdict = label(*triage.verdict);
  const auto detail = detail_of(triage);
  for (const auto& id : triage.ids) {
    const int changed = db.use(R"sql(
      UPDATE hits SET verdict = coalesce(?2, verdict), note = coalesce(?3, note), assignee = coalesce(?4, assignee),
        judged_by = ?5, judged_at = ?6
      WHERE id = ?1 AND (verdict <> coalesce(?2, verdict) OR note <> coalesce(?3, note)
        OR assignee <> coalesce(?4, assignee))
    )sql")
                            .bind(id, verdict, triage.note, triage.assignee, triage.who, triage.at)
                            .run();
    if (changed == 0) continue;
    append_audit(transaction, {.at = triage.at,
                               .who = triage.who,
                               .action = "hit.judged",
                               .subject = id,
                               .detail = detail});
  }
  return {};
}

HitCounts hit_counts(const Reader& reader, const std::string& watch, Instant now,
                     std::size_t days) {
  auto& db = reader.impl().db;
  HitCounts out;
  out.days.resize(days);
  out.open = db.use(R"sql(
    SELECT count(*) FROM (SELECT 1 FROM hits h WHERE h.watch = ?1 AND h.verdict = 'new' LIMIT ?2) AS counted
  )sql")
                 .bind(watch, HitCounts::most)
                 .number()
                 .value_or(0);
  auto& times = db.use(R"sql(
    SELECT e.at FROM hits h JOIN events e ON e.seq = h.event WHERE h.watch = ?1 ORDER BY h.row DESC LIMIT ?2
  )sql")
                    .bind(watch, 10 * HitCounts::most);
  while (times.step()) {
    const auto ago = static_cast<std::size_t>(std::max(now - times.instant(0), Duration{0}) / 24h);
    if (ago >= days) break;
    ++out.days[days - 1 - ago];
  }
  times.reset();
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> open_hits(const Reader& reader) {
  auto& query = reader.impl()
                    .db
                    .use(R"sql(
    SELECT counted.watch, count(*) FROM
      (SELECT h.watch FROM hits h WHERE h.verdict = 'new' ORDER BY h.row DESC LIMIT ?1) AS counted
    GROUP BY counted.watch ORDER BY count(*) DESC, counted.watch
  )sql")
                    .bind(HitCounts::most);
  std::vector<std::pair<std::string, std::int64_t>> out;
  while (query.step()) out.emplace_back(query.text(0), query.integer(1));
  query.reset();
  return out;
}

}  // namespace tinwatch::storage
