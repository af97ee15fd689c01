#include "storage/recent_revisions.hpp"

#include "reader_impl.hpp"

#include <limits>

namespace tinwatch::storage {
namespace {

constexpr std::int64_t most_rows = 200;
constexpr std::size_t most_bytes = std::size_t{4} << 20U;  // of records; it ends behind that

}  // namespace

std::vector<PastRevision> recent_revisions(const Reader& reader, std::int64_t before) {
  auto& query =
      reader.impl()
          .db
          .use(R"sql(
    SELECT r.row, a.id, s.name, a.canonical_url, r.number, r.observed_at, a.discovery, r.change, r.record,
      CASE WHEN r.number = 1 THEN '' ELSE coalesce(
        (SELECT p.record FROM revisions p WHERE p.article = r.article AND p.number = r.number - 1), '') END
    FROM revisions r JOIN articles a ON a.row = r.article JOIN sources s ON s.row = a.source
    WHERE r.row < ?1 ORDER BY r.row DESC LIMIT ?2
  )sql")
          .bind(before > 0 ? before : std::numeric_limits<std::int64_t>::max(), most_rows);
  std::vector<PastRevision> out;
  out.reserve(most_rows);
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

}  // namespace tinwatch::storage
