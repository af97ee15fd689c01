#include "compression.hpp"
#include "tables.hpp"

namespace tinwatch::storage {
namespace {

constexpr auto insert_article = R"sql(
  INSERT INTO articles (id, source, identifier, canonical_url, status, discovery, first_seen_at,
    last_checked_at, last_shown_at, last_changed_at, published_at, headline, head_revision, extractor,
    profile_hash)
  VALUES (?1, ?2, nullif(?3, ''), ?4, ?5, ?6, ?7, ?7, ?7, ?7, ?8, ?9, 0, '', '')
)sql";

// At every poll: no column that an index holds.
constexpr auto update_presence = R"sql(
  UPDATE articles SET status = ?2, last_checked_at = ?3, last_shown_at = iif(?6, ?3, last_shown_at),
    absence_checks = ?4, absent_since = ?5, removed_at = iif(?2 = 'removed', ifnull(removed_at, ?3), NULL),
    held_hash = ?7, held_since = ?8, held_looks = ?9, held_dropped = ?10
  WHERE row = ?1
)sql";

// An identifier learned later joins the row that was found by its address.
constexpr auto update_identity = R"sql(
  UPDATE articles SET identifier = ifnull(identifier, nullif(?2, '')), canonical_url = ?3
  WHERE row = ?1 AND (canonical_url <> ?3 OR (identifier IS NULL AND ?2 <> ''))
)sql";

constexpr auto update_reading = R"sql(
  UPDATE articles SET extractor = ?2, profile_hash = ?3, headline = ?4, published_at = ?5 WHERE row = ?1
)sql";

constexpr auto insert_revision = R"sql(
  INSERT INTO revisions (id, article, number, observed_at, not_before, extractor, profile_hash, record,
    editorial_hash, raw_sha256, capture, change, previous_hash, hash)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
)sql";

constexpr auto insert_capture = R"sql(
  INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, body, coding)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
)sql";

// The capture of the last check goes when the next one comes, unless a revision rests on it.
constexpr auto drop_last_capture = R"sql(
  DELETE FROM captures WHERE row = (SELECT last_capture FROM articles WHERE row = ?1)
    AND NOT EXISTS (SELECT 1 FROM revisions WHERE capture = captures.row)
)sql";

constexpr auto update_address = R"sql(
  UPDATE article_urls SET last_ok_at = ?4 WHERE source = ?1 AND url = ?2 AND article = ?3
)sql";

constexpr auto upsert_address = R"sql(
  INSERT INTO article_urls (source, url, article, last_ok_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (source, url) DO UPDATE SET last_ok_at = excluded.last_ok_at, article = excluded.article
)sql";

// A time series keeps changes, not repetitions.
constexpr auto insert_reading = R"sql(
  INSERT OR REPLACE INTO readings (article, name, at, value)
  SELECT ?1, ?2, ?3, ?4 WHERE ?4 IS NOT
    (SELECT value FROM readings WHERE article = ?1 AND name = ?2 ORDER BY at DESC LIMIT 1)
)sql";

constexpr auto insert_event = R"sql(
  INSERT INTO events (id, type, source, article, at, sequence, discovery, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ifnull((SELECT event_sequence FROM articles WHERE row = ?4), 0), ?6, ?7)
)sql";

constexpr auto insert_hit = R"sql(
  INSERT INTO hits (id, watch, team, origin, article, revision, transition, event)
  VALUES (?1, ?2, ?3, 'file', ?4, ?5, ?6, ?7)
)sql";

constexpr auto insert_delivery = R"sql(
  INSERT INTO deliveries (id, receiver, team, event, state, created_at, next_at)
  VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?5)
)sql";

std::optional<std::int64_t> write_capture(sqlite::Connection& db, const ArticleCommit& commit,
                                          ArticleRow article) {
  if (!commit.capture) return std::nullopt;
  const auto& capture = *commit.capture;
  const bool as_sent = !capture.sent.empty();
  const auto packed = as_sent ? wrap(capture.sent) : compress(capture.body);
  db.use(insert_capture)
      .bind(capture.url, capture.final_url, capture.fetched_at, capture.status, capture.headers,
            capture.sha256, sqlite::Blob{packed}, as_sent ? capture.coding : std::string())
      .run();
  const auto row = db.last_row();
  db.use(drop_last_capture).bind(article).run();
  db.use("UPDATE articles SET last_capture = ?2 WHERE row = ?1").bind(article, row).run();
  return row;
}

void write_address(sqlite::Connection& db, const ArticleCommit& commit, ArticleRow article) {
  if (commit.url.empty()) return;
  db.use(update_address).bind(commit.source, commit.url, article, commit.at).run();
  if (db.changes() == 0)
    db.use(upsert_address).bind(commit.source, commit.url, article, commit.at).run();
}

void write_record(sqlite::Connection& db, const ArticleCommit& commit, ArticleRow article) {
  db.use("DELETE FROM regions WHERE article = ?1").bind(article).run();
  if (commit.revision)  // which holds it
    db.use("DELETE FROM restatements WHERE article = ?1").bind(article).run();
  else
    db.use("INSERT OR REPLACE INTO restatements VALUES (?1, ?2)")
        .bind(article, *commit.record)
        .run();
  db.use(update_reading)
      .bind(article, commit.extractor, commit.profile_hash, commit.headline, commit.published_at)
      .run();
}

void write_revision(sqlite::Connection& db, const ArticleCommit& commit, WrittenArticle& article,
                    std::optional<std::int64_t> capture) {
  auto& chain =
      db.use("SELECT s.chain_head, a.id FROM sources s, articles a WHERE s.row = ?1 AND a.row = ?2")
          .bind(commit.source, article.row);
  chain.step();
  const auto previous = chain.text(0);
  const ChainLink link{.article = chain.text(1),
                       .number = commit.expected_head + 1,
                       .record = *commit.record,
                       .raw_sha256 = commit.capture->sha256,
                       .observed_at = commit.at};
  chain.reset();
  const auto hash = link_hash(previous, link);
  const auto& revision = *commit.revision;
  db.use(insert_revision)
      .bind(revision.id, article.row, link.number, commit.at, revision.not_before, commit.extractor,
            commit.profile_hash, link.record, revision.editorial_hash, link.raw_sha256, capture,
            revision.change, previous, hash)
      .run();
  db.use("UPDATE sources SET chain_head = ?2 WHERE row = ?1").bind(commit.source, hash).run();
  db.use("UPDATE articles SET head_revision = ?2, last_changed_at = ?3 WHERE row = ?1")
      .bind(article.row, link.number, commit.at)
      .run();
  article.revision = link.number;
}

}  // namespace

bool is_current(sqlite::Connection& db, const ArticleCommit& commit) {
  if (commit.article) {
    auto& head = db.use("SELECT head_revision, event_sequence FROM articles WHERE row = ?1")
                     .bind(*commit.article);
    const bool current = head.step() && head.integer(0) == commit.expected_head &&
                         head.integer(1) == commit.expected_sequence;
    head.reset();
    return current;
  }
  auto& known = db.use(R"sql(
    SELECT 1 FROM articles WHERE source = ?1 AND identifier = nullif(?2, '')
    UNION ALL SELECT 1 FROM articles WHERE source = ?1 AND identifier IS NULL AND canonical_url = ?3
    UNION ALL SELECT 1 FROM article_urls u JOIN articles a ON a.row = u.article
      WHERE u.source = ?1 AND u.url = ?4 AND (a.identifier IS NULL OR ?2 = '')
  )sql")
                    .bind(commit.source, commit.identifier, commit.canonical_url, commit.url);
  const bool found = known.step();
  known.reset();
  return !found;
}

WrittenArticle write_article(sqlite::Connection& db, const ArticleCommit& commit) {
  WrittenArticle article{.revision = commit.expected_head};
  if (commit.article) {
    article.row = *commit.article;
  } else {
    db.use(insert_article)
        .bind(commit.id, commit.source, commit.identifier, commit.canonical_url,
              label(commit.status), label(commit.discovery), commit.at, commit.published_at,
              commit.headline)
        .run();
    article.row = ArticleRow(db.last_row());
    db.use("UPDATE sources SET last_new_article_at = ?2 WHERE row = ?1")
        .bind(commit.source, commit.at)
        .run();
  }
  db.use(update_presence)
      .bind(article.row, label(commit.status), commit.at, commit.absence_checks,
            commit.absent_since, static_cast<int>(!commit.url.empty()), commit.held.editorial_hash,
            commit.held.since, commit.held.looks, commit.held.dropped)
      .run();
  db.use(update_identity).bind(article.row, commit.identifier, commit.canonical_url).run();
  write_address(db, commit, article.row);
  const auto capture = write_capture(db, commit, article.row);
  if (commit.record) write_record(db, commit, article.row);
  if (commit.revision) write_revision(db, commit, article, capture);
  write_signature(db, commit, article.row);
  for (const auto& reading : commit.readings)
    db.use(insert_reading).bind(article.row, reading.name, commit.at, reading.value).run();
  for (const auto& found : commit.check_now)
    add_address(db, commit.source, found, commit.discovery, commit.at);
  return article;
}

std::int64_t write_event(sqlite::Connection& db, SourceRow source,
                         std::optional<ArticleRow> article, const NewEvent& event) {
  db.use(insert_event)
      .bind(event.id, event.type, source, article, event.at, label(event.discovery), event.data)
      .run();
  const auto seq = db.last_row();
  for (const auto& delivery : event.deliveries)
    db.use(insert_delivery)
        .bind(delivery.id, delivery.receiver, delivery.team, seq, event.at)
        .run();
  return seq;
}

void write_events(sqlite::Connection& db, const ArticleCommit& commit,
                  const WrittenArticle& article) {
  for (const auto& event : commit.events) {
    db.use("UPDATE articles SET event_sequence = event_sequence + 1 WHERE row = ?1")
        .bind(article.row)
        .run();
    const auto seq = write_event(db, commit.source, article.row, event);
    if (!event.hit) continue;
    const auto& hit = *event.hit;
    db.use(insert_hit)
        .bind(hit.id, hit.watch, hit.team, article.row, article.revision, hit.transition, seq)
        .run();
  }
}

void delete_old_captures(sqlite::Connection& db, Instant before) {
  db.use(R"sql(
    DELETE FROM captures WHERE fetched_at < ?1
      AND NOT EXISTS (SELECT 1 FROM articles WHERE last_capture = captures.row)
  )sql")
      .bind(before)
      .run();
}

}  // namespace tinwatch::storage
