#include "reader_impl.hpp"

#include <limits>

/// All that was ever stored of articles, in the order in which it was.
namespace tinwatch::storage {
namespace {

/// The first row at or after `from`, and when it was observed.
std::optional<std::pair<std::int64_t, Instant>> row_from(sqlite::Connection& db,
                                                         std::int64_t from) {
  auto& query =
      db.use("SELECT row, observed_at FROM revisions WHERE row >= ?1 ORDER BY row LIMIT 1")
          .bind(from);
  std::optional<std::pair<std::int64_t, Instant>> out;
  if (query.step()) out.emplace(query.integer(0), query.instant(1));
  query.reset();
  return out;
}

/// A row before which everything was observed before `since`: rows rise with time. There is no
/// index of times, since nothing else asks for one.
std::int64_t row_before(sqlite::Connection& db, Instant since) {
  std::int64_t low = 0;  // observed before
  std::int64_t high =
      db.use("SELECT coalesce(max(row), 0) FROM revisions").number().value_or(0) + 1;
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    const auto found = row_from(db, middle);
    if (found && found->second < since)
      low = found->first;
    else
      high = middle;
  }
  return low;
}

}  // namespace

std::vector<PastRevision> Reader::history(const HistoryFilter& filter) const {
  auto& db = impl_->db;
  auto after = filter.after;
  if (after == 0 && filter.since) after = row_before(db, *filter.since);
  constexpr Instant always{Duration{std::numeric_limits<std::int64_t>::max() / 2}};
  auto& query = db.use(R"sql(
    SELECT r.row, a.id, s.name, a.canonical_url, r.number, r.observed_at, a.discovery, r.change, r.record,
      CASE WHEN r.number = 1 THEN '' ELSE coalesce(
        (SELECT p.record FROM revisions p WHERE p.article = r.article AND p.number = r.number - 1), '') END
    FROM revisions r JOIN articles a ON a.row = r.article JOIN sources s ON s.row = a.source
    WHERE r.row > ?1 AND r.observed_at >= ?2 AND r.observed_at < ?3
    ORDER BY r.row LIMIT ?4
  )sql")
                    .bind(after, filter.since.value_or(Instant{}), filter.until.value_or(always),
                          static_cast<std::int64_t>(filter.limit));
  std::vector<PastRevision> out;
  for (std::size_t bytes = 0; bytes < filter.most_bytes && query.step();) {
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

}  // namespace tinwatch::storage
