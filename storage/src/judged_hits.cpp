#include "storage/judged_hits.hpp"

#include "reader_impl.hpp"

#include <limits>

namespace tinwatch::storage {

std::vector<JudgedHit> judged_hits(const Reader& reader, const HitFilter& filter) {
  auto& query =
      reader.impl()
          .db
          .use(R"sql(
    SELECT h.row, h.id, h.verdict, h.transition, r.row
    FROM hits h JOIN revisions r ON r.article = h.article AND r.number = h.revision
    WHERE h.watch = ?1 AND h.verdict = ?2 AND h.row < ?3 ORDER BY h.row DESC LIMIT ?4
  )sql")
          .bind(filter.watch, label(filter.verdict.value_or(Verdict::fresh)),
                filter.before > 0 ? filter.before : std::numeric_limits<std::int64_t>::max(),
                static_cast<std::int64_t>(filter.limit));
  std::vector<JudgedHit> out;
  while (query.step())
    out.push_back({.row = query.integer(0),
                   .id = query.text(1),
                   .verdict = word(verdict_from(query.text(2))),
                   .transition = query.text(3),
                   .revision = query.integer(4)});
  query.reset();
  return out;
}

}  // namespace tinwatch::storage
