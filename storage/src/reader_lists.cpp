#include "core/text.hpp"
#include "core/url.hpp"
#include "core/uuid.hpp"
#include "reader_impl.hpp"

#include <cctype>
namespace tinwatch::storage {
namespace {

constexpr auto article_columns = R"sql(
  SELECT a.row, a.id, s.name, a.status, a.discovery, a.first_seen_at, a.last_checked_at, a.last_changed_at,
    a.removed_at, a.published_at, a.head_revision, substr(a.headline, 1, 300),
    (SELECT max(c.shown_at) FROM article_urls u JOIN frontier f ON f.source = u.source AND f.url = u.url
      JOIN checks c ON c.frontier = f.row WHERE u.article = a.row)
  FROM articles a JOIN sources s ON s.row = a.source
)sql";

constexpr auto revision_columns = R"sql(
  SELECT r.id, r.number, r.observed_at, r.not_before, r.extractor, r.raw_sha256, r.record, r.change, r.hash
  FROM revisions r JOIN articles a ON a.row = r.article
)sql";

ArticleView read_article(const sqlite::Statement& row) {
  return {.row = row.integer(0),
          .id = row.text(1),
          .source = row.text(2),
          .status = word(article_status_from(row.text(3))),
          .discovery = word(discovery_from(row.text(4))),
          .first_seen_at = row.instant(5),
          .last_checked_at = std::max(row.instant(6), row.maybe_instant(12).value_or(Instant{})),
          .last_changed_at = row.instant(7),
          .removed_at = row.maybe_instant(8),
          .published_at = row.maybe_instant(9),
          .head_revision = static_cast<int>(row.integer(10)),
          .headline = row.text(11)};
}

RevisionView read_revision(const sqlite::Statement& row) {
  return {.id = row.text(0),
          .number = static_cast<int>(row.integer(1)),
          .observed_at = row.instant(2),
          .not_before = row.maybe_instant(3),
          .extractor = row.text(4),
          .raw_sha256 = row.text(5),
          .record = row.text(6),
          .change = row.text(7),
          .hash = row.text(8)};
}

const char* column_of(ArticleOrder order) {
  switch (order) {
    case ArticleOrder::published: return "a.published_at";
    case ArticleOrder::seen: return "a.first_seen_at";
    case ArticleOrder::changed: return "a.last_changed_at";
  }
  return "a.first_seen_at";
}

/// The only one that the query finds; nothing when there are several.
std::optional<ArticleView> one_article(sqlite::Statement& query) {
  if (!query.step()) return std::nullopt;
  std::optional<ArticleView> out = read_article(query);
  if (query.step()) out.reset();
  query.reset();
  return out;
}

bool is_id_prefix(const std::string& text) {
  if (text.size() < 4 || text.size() > 36) return false;
  for (const char c : text)
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0 && c != '-') return false;
  return true;
}

}  // namespace

std::vector<ArticleView> Reader::articles(const ArticleFilter& filter) const {
  const std::string column = column_of(filter.by);
  // Constant fragments only: what a user says is always bound.
  auto query =
      impl_->db.prepare(std::string(article_columns) + "WHERE (?1 = '' OR s.name = ?1) AND " +
                        column + " >= ?2 AND " + column + " < ?3 AND (" + column +
                        ", a.row) < (?4, ?5) ORDER BY " + column + " DESC, a.row DESC LIMIT ?6");
  constexpr std::int64_t end_of_time = 253402300800000;  // year 10000
  const auto since = filter.since ? filter.since->time_since_epoch().count() : -end_of_time;
  const auto until = filter.until ? filter.until->time_since_epoch().count() : end_of_time;
  const auto before_time =
      filter.before ? filter.before->first.time_since_epoch().count() : end_of_time;
  const auto before_row = filter.before ? filter.before->second : std::int64_t{0};
  query.bind(filter.source, since, until, before_time, before_row,
             static_cast<std::int64_t>(filter.limit));
  std::vector<ArticleView> out;
  while (query.step()) out.push_back(read_article(query));
  return out;
}

std::optional<ArticleView> Reader::article_shown_at(const std::string& url) const {
  // The index begins with the source.
  static const std::string sql =
      std::string(article_columns) +
      "WHERE a.row IN (SELECT u.article FROM sources x JOIN article_urls "
      "u ON u.source = x.row WHERE u.url = ?1) LIMIT 1";
  return one_article(impl_->db.use(sql.c_str()).bind(url));
}

std::optional<ArticleView> Reader::article(const std::string& reference) const {
  static const std::string by_id =
      std::string(article_columns) + "WHERE a.id >= ?1 AND a.id < ?1 || 'g' LIMIT 2";
  // A declared address that never showed it: no index knows it.
  static const std::string by_canonical =
      std::string(article_columns) + "WHERE a.canonical_url = ?1 LIMIT 1";
  if (const auto url = canonical_url(reference)) {
    auto shown = article_shown_at(*url);
    return shown ? shown : one_article(impl_->db.use(by_canonical.c_str()).bind(*url));
  }
  if (!is_id_prefix(reference)) return std::nullopt;
  return one_article(impl_->db.use(by_id.c_str()).bind(reference));
}

std::size_t Reader::articles_with_prefix(const std::string& prefix) const {
  if (!is_id_prefix(prefix)) return 0;
  auto& query = impl_->db
                    .use(R"sql(
    SELECT count(*) FROM (SELECT 1 FROM articles a WHERE a.id >= ?1 AND a.id < ?1 || 'g' LIMIT ?2) AS counted
  )sql")
                    .bind(prefix, static_cast<std::int64_t>(most_counted));
  query.step();
  const auto out = static_cast<std::size_t>(query.integer(0));
  query.reset();
  return out;
}

bool Reader::has_source(const std::string& name) const {
  auto& query = impl_->db.use("SELECT 1 FROM sources s WHERE s.name = ?1").bind(name);
  const bool out = query.step();
  query.reset();
  return out;
}

std::vector<RevisionView> Reader::revisions(const std::string& article_id,
                                            std::size_t limit) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT r.id, r.number, r.observed_at, r.not_before, r.extractor, r.raw_sha256, '', r.change, r.hash
    FROM revisions r JOIN articles a ON a.row = r.article
    WHERE a.id = ?1 ORDER BY r.number DESC LIMIT ?2
  )sql")
                    .bind(article_id, static_cast<std::int64_t>(limit));
  std::vector<RevisionView> out;
  while (query.step()) out.push_back(read_revision(query));
  return out;
}

std::optional<RevisionView> Reader::revision(const std::string& article_id, int number) const {
  static const std::string sql =
      std::string(revision_columns) +
      "WHERE a.id = ?1 AND (r.number = ?2 OR ?2 = 0) ORDER BY r.number DESC LIMIT 1";
  auto& query = impl_->db.use(sql.c_str()).bind(article_id, number);
  if (!query.step()) return std::nullopt;
  auto revision = read_revision(query);
  query.reset();
  return revision;
}

Event read_event(const sqlite::Statement& row, int first) {
  const auto discovery = discovery_from(row.text(first + 7));
  Event out;
  out.seq = row.integer(first);
  out.id = row.text(first + 1);
  out.type = row.text(first + 2);
  out.source = row.text(first + 3);
  out.article = row.text(first + 4);
  out.at = row.instant(first + 5);
  out.sequence = row.integer(first + 6);
  out.discovery = discovery.value_or(Discovery::live);
  out.data = row.text(first + 8);
  out.is_damaged = !discovery;
  return out;
}

std::optional<Event> read_one_event(sqlite::Statement& query) {
  if (!query.step()) return std::nullopt;
  auto out = read_event(query, 0);
  query.reset();
  return out;
}

std::vector<Event> Reader::events(std::int64_t after_seq, std::optional<Instant> since,
                                  std::size_t limit, std::size_t most_bytes) const {
  static const std::string sql =
      std::string(event_columns) + "WHERE e.seq > ?1 AND e.at >= ?2 ORDER BY e.seq LIMIT ?3";
  auto& query = impl_->db.use(sql.c_str())
                    .bind(after_seq, since.value_or(Instant{}), static_cast<std::int64_t>(limit));
  std::vector<Event> out;
  for (std::size_t bytes = 0; bytes < most_bytes && query.step();) {
    out.push_back(read_event(query, 0));
    bytes += out.back().data.size();
  }
  query.reset();
  return out;
}

EventPage Reader::stream(std::int64_t before, std::size_t limit,
                         const std::function<bool(const Event&)>& keeps) const {
  static const std::string sql =
      std::string(event_columns) + "WHERE e.seq < ?1 ORDER BY e.seq DESC LIMIT ?2";
  auto& query = impl_->db.use(sql.c_str())
                    .bind(before > 0 ? before : std::numeric_limits<std::int64_t>::max(),
                          static_cast<std::int64_t>(EventPage::most_looked_at));
  EventPage out;
  std::size_t looked_at = 0;
  std::int64_t last = 0;
  while (out.events.size() < limit && query.step()) {
    auto event = read_event(query, 0);
    ++looked_at;
    last = event.seq;
    if (keeps(event)) out.events.push_back(std::move(event));
  }
  query.reset();
  if (out.events.size() == limit || looked_at == EventPage::most_looked_at) out.next = last;
  return out;
}

std::vector<Event> Reader::events_of(const std::string& article_id, std::size_t limit) const {
  static const std::string sql =
      std::string(event_columns) + "WHERE a.id = ?1 ORDER BY e.seq DESC LIMIT ?2";
  auto& query = impl_->db.use(sql.c_str()).bind(article_id, static_cast<std::int64_t>(limit));
  std::vector<Event> out;
  while (query.step()) out.push_back(read_event(query, 0));
  return out;
}

}  // namespace tinwatch::storage
