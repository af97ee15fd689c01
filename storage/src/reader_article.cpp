#include "reader_impl.hpp"
#include "snapshot.hpp"

/// The article behind a page, as the pipeline asks for it at every poll: hence by plain look-ups.
/// One statement that asks for all at once builds and drops four temporary tables.
namespace tinwatch::storage {
namespace {

std::optional<ArticleRow> first_row(sqlite::Statement& query) {
  const auto row = query.number();
  if (!row) return std::nullopt;
  return ArticleRow(*row);
}

std::optional<ArticleRow> row_at(sqlite::Connection& db, SourceRow source, const std::string& url,
                                 bool has_identifier) {
  return first_row(db.use(R"sql(
    SELECT u.article FROM article_urls u JOIN articles a ON a.row = u.article
    WHERE u.source = ?1 AND u.url = ?2 AND (a.identifier IS NULL OR ?3 = 0)
  )sql")
                       .bind(source, url, static_cast<int>(has_identifier)));
}

/// By identifier; else by the address it is known by; else by one that showed it.
std::optional<ArticleRow> find_row(sqlite::Connection& db, SourceRow source,
                                   const std::string& identifier, const std::string& canonical_url,
                                   const std::string& url) {
  std::optional<ArticleRow> row;
  if (!identifier.empty())
    row = first_row(db.use("SELECT row FROM articles WHERE source = ?1 AND identifier = ?2")
                        .bind(source, identifier));
  if (!row)
    row = first_row(db.use("SELECT row FROM articles WHERE source = ?1 AND identifier IS NULL "
                           "AND canonical_url = ?2")
                        .bind(source, canonical_url));
  if (!row) row = row_at(db, source, canonical_url, !identifier.empty());
  if (!row && url != canonical_url) row = row_at(db, source, url, !identifier.empty());
  return row;
}

StoredArticle read_article(sqlite::Connection& db, ArticleRow row) {
  auto& query = db.use(R"sql(
    SELECT a.id, coalesce(a.identifier, ''), a.canonical_url, a.status, a.discovery, a.first_seen_at, a.last_shown_at,
      a.published_at, a.absence_checks, a.absent_since, a.head_revision, a.extractor, a.profile_hash,
      a.event_sequence, a.last_changed_at, a.held_hash, a.held_since, a.held_looks, a.held_dropped,
      CASE WHEN a.story IS NULL THEN 0 ELSE 1 END, r.region, coalesce(r.misses, 0),
      (SELECT p.fetched_at FROM captures p WHERE p.row = a.last_capture), a.held_went, a.held_went_at,
      a.alternates, a.paywalled, a.back_since, a.flickers, a.flickered_at
    FROM articles a LEFT JOIN regions r ON r.article = a.row WHERE a.row = ?1
  )sql")
                    .bind(row);
  query.step();
  StoredArticle out{
      .row = row,
      .id = query.text(0),
      .discovery = word(discovery_from(query.text(4))),
      .first_seen_at = query.instant(5),
      .last_shown_at = query.instant(6),
      .standing = {.identifier = query.text(1),
                   .canonical_url = query.text(2),
                   .absence = {.status = word(article_status_from(query.text(3))),
                               .checks = static_cast<int>(query.integer(8)),
                               .since = query.maybe_instant(9),
                               .back_since = query.maybe_instant(27),
                               .flickers = static_cast<int>(query.integer(28)),
                               .flickered_at = query.maybe_instant(29)},
                   .held = {.editorial_hash = query.text(15),
                            .since = query.maybe_instant(16),
                            .looks = static_cast<int>(query.integer(17)),
                            .dropped = static_cast<int>(query.integer(18)),
                            .went = query.text(23),
                            .went_at = query.maybe_instant(24)},
                   .alternates = query.text(25),
                   .is_paywalled = query.integer(26) != 0},
      .event_sequence = query.integer(13),
      .has_copies = query.integer(19) != 0,
      .head = {.revision = static_cast<int>(query.integer(10)),
               .record = {},
               .extractor = query.text(11),
               .profile_hash = query.text(12),
               .changed_at = query.instant(14),
               .published_at = query.maybe_instant(7)},
      .addresses = {.canonical_shown = false, .other = {}, .newer = {}},
      .region = {.text = query.blob(20), .misses = static_cast<int>(query.integer(21))},
      .captured_at = query.maybe_instant(22)};
  query.reset();
  return out;
}

std::string read_record(sqlite::Connection& db, const StoredArticle& article) {
  auto& query = db.use(R"sql(
    SELECT coalesce((SELECT t.record FROM restatements t WHERE t.article = ?1),
      (SELECT r.record FROM revisions r WHERE r.article = ?1 AND r.number = ?2), '')
  )sql")
                    .bind(article.row, article.head.revision);
  query.step();
  auto out = query.text(0);
  query.reset();
  return out;
}

/// When an address showed an article last: what the commits say, and what its own checks say that
/// wrote no more.
Instant last_shown(const sqlite::Statement& row, int committed, int checked) {
  return std::max(row.instant(committed), row.maybe_instant(checked).value_or(Instant{}));
}

/// Which of its other addresses showed it last, and whether its own ever showed an article: this
/// one, or one that took the address over.
void read_addresses(sqlite::Connection& db, SourceRow source, StoredArticle& article) {
  auto& own = db.use(R"sql(
    SELECT u.last_ok_at, c.shown_at, u.article FROM article_urls u
    LEFT JOIN frontier f ON f.source = u.source AND f.url = u.url LEFT JOIN checks c ON c.frontier = f.row
    WHERE u.source = ?1 AND u.url = ?2
  )sql")
                  .bind(source, article.standing.canonical_url);
  auto& addresses = article.addresses;
  addresses.canonical_shown = own.step();
  const auto canonical = addresses.canonical_shown ? last_shown(own, 0, 1) : Instant{};
  if (addresses.canonical_shown && own.integer(2) == article.row.value())
    article.last_shown_at = std::max(article.last_shown_at, canonical);
  own.reset();
  auto& others = db.use(R"sql(
    SELECT u.last_ok_at, c.shown_at, u.url FROM article_urls u
    LEFT JOIN frontier f ON f.source = u.source AND f.url = u.url LEFT JOIN checks c ON c.frontier = f.row
    WHERE u.article = ?1 AND u.url <> ?2
  )sql")
                     .bind(article.row, article.standing.canonical_url);
  std::optional<Instant> last;
  while (others.step()) {
    const auto at = last_shown(others, 0, 1);
    if (last && at <= *last) continue;
    last = at;
    addresses.other = others.text(2);
  }
  if (last) article.last_shown_at = std::max(article.last_shown_at, *last);
  if (last && *last > canonical) addresses.newer = addresses.other;
}

enum class RecordWanted { always, if_absent };

StoredArticle read_whole(sqlite::Connection& db, SourceRow source, ArticleRow row,
                         RecordWanted wanted) {
  auto article = read_article(db, row);
  const bool absent = article.standing.absence.is_absent();
  if (absent || wanted == RecordWanted::always) article.head.record = read_record(db, article);
  read_addresses(db, source, article);
  return article;
}

std::optional<StoredArticle> look_up(sqlite::Connection& db, SourceRow source,
                                     const std::string& identifier,
                                     const std::string& canonical_url, const std::string& url,
                                     RecordWanted wanted) {
  const Snapshot snapshot(db);
  const auto row = find_row(db, source, identifier, canonical_url, url);
  if (!row) return std::nullopt;
  return read_whole(db, source, *row, wanted);
}

}  // namespace

std::optional<StoredArticle> Reader::stored_article(ArticleRow row) const {
  const Snapshot snapshot(impl_->db);
  const auto source =
      impl_->db.use("SELECT source FROM articles WHERE row = ?1").bind(row).number();
  if (!source) return std::nullopt;
  return read_whole(impl_->db, SourceRow(*source), row, RecordWanted::always);
}

std::optional<StoredArticle> Reader::find_article(SourceRow source, const std::string& identifier,
                                                  const std::string& canonical_url,
                                                  const std::string& url) const {
  return look_up(impl_->db, source, identifier, canonical_url, url, RecordWanted::always);
}

std::optional<StoredArticle> Reader::glance_at_article(SourceRow source,
                                                       const std::string& url) const {
  return look_up(impl_->db, source, {}, url, url, RecordWanted::if_absent);
}

}  // namespace tinwatch::storage
