#include "compression.hpp"
#include "tables.hpp"

namespace tinwatch::storage {
namespace {

constexpr int first_revision = 1;

// Nothing is written where the article is known meanwhile, by its identifier or an address.
constexpr auto insert_article = R"sql(
  INSERT INTO articles (id, source, identifier, canonical_url, status, discovery, first_seen_at,
    last_checked_at, last_shown_at, last_changed_at, published_at, headline, head_revision, extractor,
    profile_hash, event_sequence)
  SELECT ?1, ?2, nullif(?3, ''), ?4, 'live', ?5, ?6, ?6, ?14, ?6, ?7, ?8, ?9, ?10, ?11, ?12
  WHERE NOT EXISTS (SELECT 1 FROM articles o
      WHERE o.source = ?2 AND o.identifier IS NULL AND o.canonical_url = ?4)
    AND NOT EXISTS (SELECT 1 FROM article_urls u JOIN articles o ON o.row = u.article
      WHERE u.source = ?2 AND u.url = ?13 AND (o.identifier IS NULL OR ?3 = ''))
  ON CONFLICT DO NOTHING RETURNING row
)sql";

// Only if the article is still as the visit compared it. No column that an index holds.
constexpr auto update_standing = R"sql(
  UPDATE articles SET status = ?4, last_checked_at = ?5, last_shown_at = ?6, absence_checks = ?7,
    absent_since = ?8, removed_at = CASE WHEN ?4 = 'removed' THEN coalesce(removed_at, ?5) ELSE NULL END,
    held_hash = ?9, held_since = ?10, held_looks = ?11, held_dropped = ?12,
    event_sequence = event_sequence + ?13, held_went = ?14, held_went_at = ?15, alternates = ?16, paywalled = ?17,
    back_since = ?18, flickers = ?19, flickered_at = ?20
  WHERE row = ?1 AND head_revision = ?2 AND event_sequence = ?3
  RETURNING row
)sql";

// An identifier learned later joins the row that was found by its address.
constexpr auto update_identity = R"sql(
  UPDATE articles SET identifier = coalesce(identifier, nullif(?2, '')), canonical_url = ?3
  WHERE row = ?1 AND (canonical_url <> ?3 OR (identifier IS NULL AND ?2 <> ''))
)sql";

// Another row for the same article: one that was edited as it moved was taken for a new one before
// its old address told where it went. What the row says stays; it gives its addresses away, and a
// fragment makes its own one that no page has.
constexpr auto give_way = R"sql(
  UPDATE articles SET canonical_url = canonical_url || '#' || id
  WHERE source = ?1 AND canonical_url = ?2 AND identifier IS NULL AND row <> ?3 RETURNING row
)sql";

constexpr auto update_state = R"sql(
  UPDATE articles SET extractor = ?2, profile_hash = ?3, headline = ?4, published_at = ?5 WHERE row = ?1
)sql";

constexpr auto upsert_restatement = R"sql(
  INSERT INTO restatements (article, record) VALUES (?1, ?2)
  ON CONFLICT (article) DO UPDATE SET record = excluded.record
)sql";

// The head of the chain is locked and read in one: no two revisions follow the same one.
constexpr auto lock_chain =
    "UPDATE sources SET chain_head = chain_head WHERE row = ?1 RETURNING chain_head";

constexpr auto insert_revision = R"sql(
  INSERT INTO revisions (id, article, number, observed_at, not_before, extractor, profile_hash, record,
    editorial_hash, raw_sha256, capture, change, previous_hash, hash)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
)sql";

// The heads as they came over the wire; `headers` is of captures from before they were kept so.
constexpr auto insert_capture = R"sql(
  INSERT INTO captures (url, final_url, fetched_at, status, headers, request, head, address, sha256, body, coding)
  VALUES (?1, ?2, ?3, ?4, '', ?5, ?6, ?7, ?8, ?9, ?10) RETURNING row
)sql";

// The last page goes when the next one comes, unless a revision rests on it.
constexpr auto drop_last_capture = R"sql(
  DELETE FROM captures WHERE row = (SELECT a.last_capture FROM articles a WHERE a.row = ?1)
    AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.capture = captures.row)
)sql";

// When the visited address itself shows its article is noted with its check. `?5`: another address
// does.
constexpr auto upsert_address = R"sql(
  INSERT INTO article_urls (source, url, article, last_ok_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (source, url) DO UPDATE SET last_ok_at = excluded.last_ok_at, article = excluded.article
    WHERE ?5 <> 0 OR article_urls.article <> excluded.article
)sql";

constexpr auto upsert_region = R"sql(
  INSERT INTO regions (article, region, misses) VALUES (?1, ?2, ?3)
  ON CONFLICT (article) DO UPDATE SET region = excluded.region, misses = excluded.misses
)sql";

// A time series keeps changes, not repetitions.
constexpr auto insert_reading = R"sql(
  INSERT INTO readings (article, name, at, value)
  SELECT ?1, ?2, ?3, ?4 WHERE ?4 IS DISTINCT FROM
    (SELECT r.value FROM readings r WHERE r.article = ?1 AND r.name = ?2 ORDER BY r.at DESC LIMIT 1)
  ON CONFLICT (article, name, at) DO UPDATE SET value = excluded.value
)sql";

/// When its page showed the article: when the request for it left.
Instant shown_at(const ArticleCommit& commit) {
  return commit.frontier.asked_at.value_or(commit.at);
}

std::optional<std::int64_t> write_capture(sqlite::Connection& db, const ArticleCommit& commit,
                                          ArticleRow article) {
  if (!commit.capture) return std::nullopt;
  const auto& capture = *commit.capture;
  const bool as_sent = !capture.sent.empty();
  const auto packed = as_sent ? wrap(capture.sent) : compress(capture.body);
  const auto row =
      db.use(insert_capture)
          .bind(capture.url, capture.final_url, capture.fetched_at, capture.status,
                sqlite::Blob{capture.request}, sqlite::Blob{capture.headers}, capture.address,
                capture.sha256, sqlite::Blob{packed}, as_sent ? capture.coding : std::string())
          .number();
  write_further_captures(db, capture, *row);
  if (commit.is_aside) return row;
  db.use(drop_last_capture).bind(article).run();
  db.use("UPDATE articles SET last_capture = ?2 WHERE row = ?1").bind(article, row).run();
  return row;
}

void write_address(sqlite::Connection& db, const ArticleCommit& commit, ArticleRow article) {
  if (commit.url.empty()) return;
  const auto* seen = std::get_if<Seen>(&commit.frontier.end);
  const bool elsewhere = !seen || !seen->shows_article;
  db.use(upsert_address)
      .bind(commit.source, commit.url, article, shown_at(commit), elsewhere)
      .run();
}

/// What a known article's next page is compared with.
void write_state(sqlite::Connection& db, const ArticleCommit& commit, WrittenArticle& article) {
  const auto& state = *commit.state;
  db.use("DELETE FROM regions WHERE article = ?1").bind(article.row).run();
  if (commit.revision) {  // which holds it
    db.use("DELETE FROM restatements WHERE article = ?1").bind(article.row).run();
    db.use("UPDATE articles SET head_revision = ?2, last_changed_at = ?3 WHERE row = ?1")
        .bind(article.row, ++article.revision, commit.at)
        .run();
  } else {
    db.use(upsert_restatement).bind(article.row, state.record).run();
  }
  db.use(update_state)
      .bind(article.row, state.extractor, state.profile_hash, state.headline, state.published_at)
      .run();
}

void write_revision(sqlite::Connection& db, const ArticleCommit& commit,
                    const WrittenArticle& article, std::optional<std::int64_t> capture) {
  auto& chain = db.use(lock_chain).bind(commit.source);
  chain.step();
  const auto previous = chain.text(0);
  chain.reset();
  const auto& state = *commit.state;
  const ChainLink link{.article = commit.id(),
                       .number = article.revision,
                       .record = state.record,
                       .raw_sha256 = commit.capture->sha256,
                       .observed_at = commit.at};
  const auto hash = link_hash(previous, link);
  const auto& revision = *commit.revision;
  if (revision.signature) write_signature(db, *revision.signature, article.row);
  db.use(insert_revision)
      .bind(revision.id, article.row, link.number, commit.at, revision.not_before, state.extractor,
            state.profile_hash, link.record, revision.editorial_hash, link.raw_sha256, capture,
            revision.change, previous, hash)
      .run();
  db.use("UPDATE sources SET chain_head = ?2 WHERE row = ?1").bind(commit.source, hash).run();
}

/// Nothing when the source has the article already.
std::optional<WrittenArticle> open_article(sqlite::Connection& db, const ArticleCommit& commit,
                                           const NewArticle& made) {
  const auto& state = *commit.state;
  const auto row =
      db.use(insert_article)
          .bind(made.id, commit.source, commit.standing->identifier, commit.standing->canonical_url,
                label(commit.discovery), commit.at, state.published_at, state.headline,
                first_revision, state.extractor, state.profile_hash,
                static_cast<std::int64_t>(commit.events.size()), commit.url, shown_at(commit))
          .number();
  if (!row) return std::nullopt;
  const WrittenArticle article{.row = ArticleRow(*row), .revision = first_revision};
  db.use("UPDATE sources SET last_new_article_at = ?2 WHERE row = ?1")
      .bind(commit.source, commit.at)
      .run();
  write_story(db, made, article.row);
  return article;
}

void take_address(sqlite::Connection& db, SourceRow source, ArticleRow article,
                  const std::string& canonical_url) {
  const auto twin = db.use(give_way).bind(source, canonical_url, article).number();
  if (!twin) return;
  db.use("UPDATE article_urls SET article = ?2 WHERE article = ?1").bind(*twin, article).run();
}

/// Nothing when the article is no longer as the visit compared it.
std::optional<WrittenArticle> open_article(sqlite::Connection& db, const ArticleCommit& commit,
                                           const KnownArticle& known) {
  const WrittenArticle article{
      .row = known.row, .revision = known.head_revision, .event_sequence = known.event_sequence};
  if (!commit.standing) return article;
  const auto& [identifier, canonical_url, absence, held, alternates, is_paywalled] =
      *commit.standing;
  const auto last_shown = commit.url.empty() ? known.last_shown_at : shown_at(commit);
  const auto row = db.use(update_standing)
                       .bind(known.row, known.head_revision, known.event_sequence,
                             label(absence.status), commit.at, last_shown, absence.checks,
                             absence.since, held.editorial_hash, held.since, held.looks,
                             held.dropped, static_cast<std::int64_t>(commit.events.size()),
                             held.went, held.went_at, alternates, is_paywalled, absence.back_since,
                             absence.flickers, absence.flickered_at)
                       .number();
  if (!row) return std::nullopt;
  take_address(db, commit.source, known.row, canonical_url);
  db.use(update_identity).bind(known.row, identifier, canonical_url).run();
  return article;
}

}  // namespace

std::optional<WrittenArticle> write_article(sqlite::Connection& db, const ArticleCommit& commit) {
  auto article =
      std::visit([&](const auto& one) { return open_article(db, commit, one); }, commit.article);
  if (!article) return std::nullopt;
  write_address(db, commit, article->row);
  const auto capture = write_capture(db, commit, article->row);
  if (commit.state && commit.known()) write_state(db, commit, *article);
  if (commit.revision) write_revision(db, commit, *article, capture);
  if (commit.region)
    db.use(upsert_region)
        .bind(article->row, sqlite::Blob{commit.region->text}, commit.region->misses)
        .run();
  for (const auto& reading : commit.readings)
    db.use(insert_reading).bind(article->row, reading.name, commit.at, reading.value).run();
  if (commit.further_pages)
    write_article_pages(db, commit.source, article->row, *commit.further_pages);
  if (!commit.noise.is_empty())
    write_noise(db, commit.source, article->row, commit.noise, commit.at);
  for (const auto& found : commit.check_now)
    add_address(db, commit.source, found, commit.discovery, commit.at);
  return article;
}

void note_events(Transaction& transaction, const ArticleCommit& commit,
                 const WrittenArticle& article) {
  auto sequence = article.event_sequence;
  for (const auto& event : commit.events)
    transaction.add({.source = commit.source,
                     .article = article.row,
                     .sequence = ++sequence,
                     .revision = article.revision,
                     .event = event});
}

}  // namespace tinwatch::storage
