#include "reader_impl.hpp"
#include "tables.hpp"

#include <map>

/// Copies of one text at several sources.
namespace tinwatch::storage {

void write_signature(sqlite::Connection& db, const NewSignature& signature, ArticleRow article) {
  db.use(R"sql(
    INSERT INTO signatures (article, signature) VALUES (?1, ?2)
    ON CONFLICT (article) DO UPDATE SET signature = excluded.signature
  )sql")
      .bind(article, sqlite::Blob{signature.bytes})
      .run();
  // Those of the text before stay: they name a candidate, which is compared with what it is now.
  for (const auto band : signature.bands)
    db.use("INSERT INTO signature_bands (band, article) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
        .bind(band, article)
        .run();
}

void write_story(sqlite::Connection& db, const NewArticle& made, ArticleRow article) {
  if (made.signature) write_signature(db, *made.signature, article);
  if (!made.copy_of) return;
  db.use("UPDATE articles SET story = row WHERE row = ?1 AND story IS NULL")
      .bind(*made.copy_of)
      .run();
  db.use(R"sql(
    UPDATE articles SET story = (SELECT a.story FROM articles a WHERE a.row = ?2) WHERE row = ?1
  )sql")
      .bind(article, *made.copy_of)
      .run();
}

std::vector<CopyCandidate> Reader::copy_candidates(SourceRow source,
                                                   const std::vector<std::int64_t>& bands,
                                                   Instant since) const {
  std::map<std::int64_t, CopyCandidate> found;
  for (const auto band : bands) {
    // A text that everybody has (a disclaimer) must not cost more than a look at its newest.
    auto& query = impl_->db
                      .use(R"sql(
      SELECT g.article, g.signature, a.source
      FROM (SELECT s.article FROM signature_bands s WHERE s.band = ?1 ORDER BY s.article DESC LIMIT 50) AS b
      JOIN articles a ON a.row = b.article JOIN signatures g ON g.article = b.article
      WHERE a.source = ?2 OR a.first_seen_at >= ?3
    )sql")
                      .bind(band, source, since);
    while (query.step())
      found.emplace(query.integer(0), CopyCandidate{.article = ArticleRow(query.integer(0)),
                                                    .signature = query.blob(1),
                                                    .is_own = query.integer(2) == source.value()});
  }
  std::vector<CopyCandidate> out;
  out.reserve(found.size());
  for (auto& [row, candidate] : found) out.push_back(std::move(candidate));
  return out;
}

std::vector<CopyView> Reader::copies(const std::string& article_id) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT a.id, s.name, a.canonical_url, a.headline, a.first_seen_at, a.published_at,
      CASE WHEN a.head_revision > 1 THEN a.last_changed_at END
    FROM articles a JOIN sources s ON s.row = a.source
    WHERE a.story = (SELECT o.story FROM articles o WHERE o.id = ?1)
    ORDER BY coalesce(a.published_at, a.first_seen_at), a.row
  )sql")
                    .bind(article_id);
  std::vector<CopyView> out;
  while (query.step())
    out.push_back({.id = query.text(0),
                   .source = query.text(1),
                   .url = query.text(2),
                   .headline = query.text(3),
                   .first_seen_at = query.instant(4),
                   .published_at = query.maybe_instant(5),
                   .edited_at = query.maybe_instant(6)});
  return out;
}

}  // namespace tinwatch::storage
