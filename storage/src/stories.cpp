#include "reader_impl.hpp"
#include "tables.hpp"

#include <map>

/// Copies of one text at several sources.
namespace tinwatch::storage {

void write_signature(sqlite::Connection& db, const ArticleCommit& commit, ArticleRow article) {
  if (commit.signature) {
    db.use("INSERT OR REPLACE INTO signatures VALUES (?1, ?2)")
        .bind(article, sqlite::Blob{commit.signature->bytes})
        .run();
    for (const auto band : commit.signature->bands)
      db.use("INSERT OR IGNORE INTO signature_bands VALUES (?1, ?2)").bind(band, article).run();
  }
  if (!commit.copy_of) return;
  db.use("UPDATE articles SET story = row WHERE row = ?1 AND story IS NULL")
      .bind(*commit.copy_of)
      .run();
  db.use("UPDATE articles SET story = (SELECT story FROM articles WHERE row = ?2) WHERE row = ?1")
      .bind(article, *commit.copy_of)
      .run();
}

std::vector<CopyCandidate> Reader::copy_candidates(SourceRow source,
                                                   const std::vector<std::int64_t>& bands,
                                                   Instant since) const {
  std::map<std::int64_t, std::string> found;
  for (const auto band : bands) {
    // A text that everybody has (a disclaimer) must not cost more than a look at its newest.
    auto& query = impl_->db
                      .use(R"sql(
      SELECT g.article, g.signature
      FROM (SELECT article FROM signature_bands WHERE band = ?1 ORDER BY article DESC LIMIT 50) b
      JOIN articles a ON a.row = b.article JOIN signatures g ON g.article = b.article
      WHERE a.source <> ?2 AND a.first_seen_at >= ?3
    )sql")
                      .bind(band, source, since);
    while (query.step()) found.emplace(query.integer(0), query.blob(1));
  }
  std::vector<CopyCandidate> out;
  out.reserve(found.size());
  for (auto& [row, signature] : found) out.push_back({ArticleRow(row), std::move(signature)});
  return out;
}

std::vector<CopyView> Reader::copies(const std::string& article_id) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT a.id, s.name, a.canonical_url, a.headline, a.first_seen_at, a.published_at
    FROM articles a JOIN sources s ON s.row = a.source
    WHERE a.story = (SELECT story FROM articles WHERE id = ?1)
    ORDER BY ifnull(a.published_at, a.first_seen_at), a.row
  )sql")
                    .bind(article_id);
  std::vector<CopyView> out;
  while (query.step())
    out.push_back({.id = query.text(0),
                   .source = query.text(1),
                   .url = query.text(2),
                   .headline = query.text(3),
                   .first_seen_at = query.instant(4),
                   .published_at = query.maybe_instant(5)});
  return out;
}

}  // namespace tinwatch::storage
