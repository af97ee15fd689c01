#include "reader_impl.hpp"
#include "storage/event_place.hpp"
#include "storage/found_revision.hpp"
#include "storage/judged_hits.hpp"
#include "storage/recent_revisions.hpp"

#include <limits>

/// All that was ever stored of articles, in the order in which it was.
namespace tinwatch::storage {
namespace {

/// Rows that rise with time. There is no index of times, since nothing else asks for one.
struct Rows {
  const char* newest;  ///< the last row, or 0
  const char* from;    ///< the first row at or after ?1, and its time
};

constexpr Rows revision_rows{
    .newest = "SELECT coalesce(max(row), 0) FROM revisions",
    .from = "SELECT row, observed_at FROM revisions WHERE row >= ?1 ORDER BY row LIMIT 1"};
constexpr Rows event_rows{
    .newest = "SELECT coalesce(max(seq), 0) FROM events",
    .from = "SELECT seq, at FROM events WHERE seq >= ?1 ORDER BY seq LIMIT 1"};

std::optional<std::pair<std::int64_t, Instant>> row_from(sqlite::Connection& db, const Rows& rows,
                                                         std::int64_t from) {
  auto& query = db.use(rows.from).bind(from);
  std::optional<std::pair<std::int64_t, Instant>> out;
  if (query.step()) out.emplace(query.integer(0), query.instant(1));
  query.reset();
  return out;
}

/// A row before which everything is from before `since`.
std::int64_t row_before(sqlite::Connection& db, const Rows& rows, Instant since) {
  std::int64_t low = 0;  // from before
  std::int64_t high = db.use(rows.newest).number().value_or(0) + 1;
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    const auto found = row_from(db, rows, middle);
    if (found && found->second < since)
      low = found->first;
    else
      high = middle;
  }
  return low;
}

/// Revisions with those before them, behind it which are meant.
constexpr auto past_revisions = R"sql(
  SELECT r.row, a.id, s.name, a.canonical_url, r.number, r.observed_at, a.discovery, r.change, r.record,
    CASE WHEN r.number = 1 THEN '' ELSE coalesce(
      (SELECT p.record FROM revisions p WHERE p.article = r.article AND p.number = r.number - 1), '') END
  FROM revisions r JOIN articles a ON a.row = r.article JOIN sources s ON s.row = a.source
)sql";

/// Of a statement that begins with these; ends behind so many bytes of records.
std::vector<PastRevision> read_past_revisions(sqlite::Statement& query, std::size_t most_bytes) {
  std::vector<PastRevision> out;
  for (std::size_t bytes = 0; bytes < most_bytes && query.step();) {
    out.push_back({.row = query.integer(0),
                   .article = query.text(1),
                   .source = query.text(2),
                   .url = query.text(3),
                   .number = static_cast<int>(query.integer(4)),
                   .observed_at = query.instant(5),
                   .discovery = word(discovery_from(query.text(6))),
                   .change = query.text(7),
                   .record = query.text(8),
                   .previous = query.text(9)});
    bytes += out.back().record.size() + out.back().previous.size();
  }
  query.reset();
  return out;
}

}  // namespace

std::int64_t row_before(const Reader& reader, Instant since) {
  return row_before(reader.impl().db, revision_rows, since);
}

std::int64_t event_before(const Reader& reader, Instant since) {
  return row_before(reader.impl().db, event_rows, since);
}

std::optional<RevisionPlace> revision_place(const Reader& reader, std::int64_t row) {
  auto& query = reader.impl()
                    .db
                    .use(R"sql(
    SELECT a.id, s.name, r.number, r.observed_at, r.change
    FROM revisions r JOIN articles a ON a.row = r.article JOIN sources s ON s.row = a.source WHERE r.row = ?1
  )sql")
                    .bind(row);
  std::optional<RevisionPlace> out;
  if (query.step())
    out = RevisionPlace{.article = query.text(0),
                        .source = query.text(1),
                        .number = static_cast<int>(query.integer(2)),
                        .observed_at = query.instant(3),
                        .change = query.text(4)};
  query.reset();
  return out;
}

std::vector<RevisionRecord> records_behind(const Reader& reader, std::int64_t row,
                                           std::size_t limit) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20U;
  auto& query =
      reader.impl()
          .db.use("SELECT row, record FROM revisions WHERE row > ?1 ORDER BY row LIMIT ?2")
          .bind(row, static_cast<std::int64_t>(limit));
  std::vector<RevisionRecord> out;
  for (std::size_t bytes = 0; bytes < most_bytes && query.step();) {
    out.push_back({.row = query.integer(0), .record = query.text(1)});
    bytes += out.back().record.size();
  }
  query.reset();
  return out;
}

std::vector<PastRevision> recent_revisions(const Reader& reader, std::int64_t before) {
  constexpr std::int64_t most_rows = 200;
  constexpr std::size_t most_bytes = std::size_t{4} << 20U;  // of records; it ends behind that
  static const std::string sql =
      std::string(past_revisions) + "WHERE r.row < ?1 ORDER BY r.row DESC LIMIT ?2";
  return read_past_revisions(
      reader.impl()
          .db.use(sql.c_str())
          .bind(before > 0 ? before : std::numeric_limits<std::int64_t>::max(), most_rows),
      most_bytes);
}

std::optional<PastRevision> past_revision(const Reader& reader, std::int64_t row) {
  static const std::string sql = std::string(past_revisions) + "WHERE r.row = ?1";
  auto found = read_past_revisions(reader.impl().db.use(sql.c_str()).bind(row), 1);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<PastRevision> Reader::history(const HistoryFilter& filter) const {
  auto& db = impl_->db;
  auto after = filter.after;
  if (after == 0 && filter.since) after = row_before(db, revision_rows, *filter.since);
  constexpr Instant always{Duration{std::numeric_limits<std::int64_t>::max() / 2}};
  static const std::string sql = std::string(past_revisions) +
                                 "WHERE r.row > ?1 AND r.observed_at >= ?2 AND r.observed_at < ?3 "
                                 "ORDER BY r.row LIMIT ?4";
  return read_past_revisions(
      db.use(sql.c_str())
          .bind(after, filter.since.value_or(Instant{}), filter.until.value_or(always),
                static_cast<std::int64_t>(filter.limit)),
      filter.most_bytes);
}

}  // namespace tinwatch::storage
