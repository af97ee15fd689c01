#include "reader_impl.hpp"

/// How URLs are visited, for `explain`, and what is wrong with sources.
namespace tinwatch::storage {
std::vector<SourceCondition> Reader::conditions() const {
  auto& query = impl_->db.use(
      "SELECT name, silent_since, drifted_since, unreachable_since, drifted_fields, silent_reason, "
      "unreachable_reason, empty_parameters "
      "FROM sources");
  std::vector<SourceCondition> out;
  while (query.step())
    out.push_back(
        {.source = query.text(0),
         .silent_since = query.maybe_instant(1),
         .silent_reason = silent_reason_from(query.text(5)).value_or(SilentReason::nothing_new),
         .drifted_since = query.maybe_instant(2),
         .drifted = query.text(4),
         .unreachable_since = query.maybe_instant(3),
         .unreachable_reason = query.text(6),
         .empty_parameters = query.text(7)});
  return out;
}

std::vector<UrlView> Reader::explain(const std::string& url) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT s.name, f.url, f.host, f.kind, CASE WHEN c.state = 'waiting' THEN 1 ELSE 0 END, f.discovery,
      f.found_at, f.found_on, f.is_start, c.due_at, c.due_reason, c.succeeded_at, c.failures, c.shortcuts,
      f.row, coalesce(a.id, ''), coalesce(a.canonical_url, ''), coalesce(a.status, 'live'),
      coalesce(a.head_revision, 0), coalesce(a.held_hash, ''), a.held_since, coalesce(a.held_looks, 0),
      coalesce(a.held_dropped, 0), c.run_since, c.checked_at, c.run_length, c.outcome, c.detail
    FROM sources s JOIN frontier f ON f.source = s.row AND f.url = ?1 JOIN checks c ON c.frontier = f.row
    LEFT JOIN article_urls u ON u.source = f.source AND u.url = f.url
    LEFT JOIN articles a ON a.row = u.article ORDER BY s.name
  )sql")
                    .bind(url);
  std::vector<UrlView> out;
  std::vector<std::int64_t> rows;
  while (query.step()) {
    out.push_back({.source = query.text(0),
                   .url = query.text(1),
                   .host = query.text(2),
                   .kind = word(target_kind_from(query.text(3))),
                   .waiting = query.integer(4) != 0,
                   .discovery = word(discovery_from(query.text(5))),
                   .found_at = query.instant(6),
                   .found_on = query.text(7),
                   .is_start = query.integer(8) != 0,
                   .due_at = query.instant(9),
                   .due_reason = query.text(10),
                   .last_success_at = query.maybe_instant(11),
                   .failures = static_cast<int>(query.integer(12)),
                   .shortcuts = static_cast<int>(query.integer(13)),
                   .article = query.text(15),
                   .article_url = query.text(16),
                   .article_status = word(article_status_from(query.text(17))),
                   .head_revision = static_cast<int>(query.integer(18)),
                   .held = {.editorial_hash = query.text(19),
                            .since = query.maybe_instant(20),
                            .looks = static_cast<int>(query.integer(21)),
                            .dropped = static_cast<int>(query.integer(22))}});
    if (query.integer(25) > 0)
      out.back().visits.push_back({.first_at = query.instant(23),
                                   .last_at = query.instant(24),
                                   .times = query.integer(25),
                                   .outcome = query.text(26),
                                   .detail = query.text(27)});
    rows.push_back(query.integer(14));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto& visits = impl_->db
                       .use(
                           "SELECT first_at, last_at, times, outcome, detail FROM visits "
                           "WHERE frontier = ?1 ORDER BY first_at DESC")
                       .bind(rows[i]);
    while (visits.step())
      out[i].visits.push_back({.first_at = visits.instant(0),
                               .last_at = visits.instant(1),
                               .times = visits.integer(2),
                               .outcome = visits.text(3),
                               .detail = visits.text(4)});
  }
  return out;
}

}  // namespace tinwatch::storage
