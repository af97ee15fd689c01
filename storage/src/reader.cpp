#include "storage/reader.hpp"

#include "compression.hpp"
#include "copy_names.hpp"
#include "core/text.hpp"
#include "reader_impl.hpp"
#include "schema.hpp"
#include "tables.hpp"

#include <array>
#include <filesystem>
#include <limits>
#include <utility>

namespace tinwatch::storage {
namespace {

constexpr auto frontier_columns = R"sql(
  SELECT f.row, f.source, s.name, f.url, f.host, f.kind, f.discovery, f.found_at, c.due_at, c.succeeded_at,
    c.failures, f.etag, f.last_modified, f.body_sha256, f.parse_attempts, c.shortcuts, f.further_page, f.is_sure,
    f.has_named, f.list_read_at, CASE WHEN s.last_new_article_at IS NULL THEN 0 ELSE 1 END
  FROM checks c JOIN frontier f ON f.row = c.frontier JOIN sources s ON s.row = f.source
)sql";

FrontierItem read_item(const sqlite::Statement& row) {
  return {.row = FrontierRow(row.integer(0)),
          .source_row = SourceRow(row.integer(1)),
          .source = row.text(2),
          .url = row.text(3),
          .host = row.text(4),
          .kind = word(target_kind_from(row.text(5))),
          .discovery = word(discovery_from(row.text(6))),
          .found_at = row.instant(7),
          .due_at = row.instant(8),
          .last_success_at = row.maybe_instant(9),
          .failures = static_cast<int>(row.integer(10)),
          .validators = {.etag = row.blob(11),
                         .last_modified = row.blob(12),
                         .body_sha256 = row.text(13)},
          .parse_attempts = static_cast<int>(row.integer(14)),
          .shortcuts = static_cast<int>(row.integer(15)),
          .further_page = static_cast<int>(row.integer(16)),
          .is_sure = row.integer(17) != 0,
          .has_named = row.integer(18) != 0,
          .list_read_at = row.maybe_instant(19),
          .source_has_articles = row.integer(20) != 0};
}

constexpr auto capture_columns = R"sql(
  SELECT c.url, c.final_url, c.fetched_at, c.status, c.headers, c.sha256, c.body, c.coding, c.request, c.head,
    c.address, c.row
  FROM captures c )sql";

std::optional<Capture> first_capture(sqlite::Connection& db, sqlite::Statement& query) {
  if (!query.step()) return std::nullopt;
  auto headers = query.blob(9);
  if (headers.empty()) headers = query.text(4);  // kept by a version that knew the fields only
  Capture out{.url = query.text(0),
              .final_url = query.text(1),
              .fetched_at = query.instant(2),
              .status = static_cast<int>(query.integer(3)),
              .request = query.blob(8),
              .headers = headers,
              .address = query.text(10),
              .content_type = content_type_in(headers),
              .body = unpack_page(query.blob(6), query.text(7)),
              .sha256 = query.text(5)};
  const auto row = query.integer(11);
  query.reset();
  out.further = read_further_captures(db, row);
  return out;
}

}  // namespace

std::string content_type_in(const std::string& headers) {
  for (const auto line : split(headers, '\n'))
    if (ascii_lower(line.substr(0, 13)) == "content-type:")
      return std::string(trim(line.substr(13)));
  return {};
}

Reader::Reader(const std::string& path, QuestionLimit limit) {
  if (!std::filesystem::exists(path))
    throw Unusable(path + ": there is no database yet; it is made by the first 'tinwatch run'");
  int version = 0;
  try {
    impl_ = std::make_unique<Impl>(path, limit);
    version = schema_of(impl_->db);
  } catch (const sqlite::Error& e) {
    if (!is_damage(e)) throw;
    throw Damaged(path, e.what());
  }
  if (version != schema_version)
    throw Unusable(path + ": the database has schema " + std::to_string(version) +
                   ", this program knows " + std::to_string(schema_version) + "; " +
                   (version < schema_version ? "'tinwatch db migrate' or the daemon's next start "
                                               "moves it, and makes a copy first"
                                             : way_back(path)));
}

Reader::~Reader() = default;

void Reader::begin_question() const { impl_->begin_question(); }
void Reader::interrupt() {
  impl_->interrupted = true;
  impl_->db.interrupt();  // an integrity check looks at nothing else for minutes
}

bool Reader::has_lost_its_file() const { return impl_->db.has_lost_its_file(); }

std::vector<std::pair<std::string, Instant>> Reader::queues() const {
  // From host to host and from priority to priority by the index: as many steps as there are hosts,
  // not as there are URLs.
  auto& query = impl_->db.use(R"sql(
    WITH RECURSIVE hosts_waiting (host) AS (
      SELECT min(c.host) FROM checks c WHERE c.state = 'waiting'
      UNION ALL
      SELECT (SELECT min(c.host) FROM checks c WHERE c.state = 'waiting' AND c.host > h.host)
      FROM hosts_waiting h WHERE h.host IS NOT NULL
    ), priorities (priority) AS (VALUES (0), (1), (2))
    SELECT q.host, min(q.due_at) FROM (
      SELECT h.host, (SELECT min(c.due_at) FROM checks c
        WHERE c.host = h.host AND c.state = 'waiting' AND c.priority = p.priority) AS due_at
      FROM hosts_waiting h CROSS JOIN priorities p WHERE h.host IS NOT NULL) AS q
    GROUP BY q.host
  )sql");
  std::vector<std::pair<std::string, Instant>> out;
  while (query.step()) out.emplace_back(query.text(0), query.instant(1));
  return out;
}

Queue Reader::queue(const Turn& turn, Instant now) const {
  static const std::string due = std::string(frontier_columns) + R"sql(
    WHERE c.host = ?1 AND c.state = 'waiting' AND c.priority = ?2 AND c.due_at <= ?3 AND s.active = 1
    ORDER BY c.due_at LIMIT ?4
  )sql";
  static constexpr auto later = R"sql(
    SELECT due_at FROM checks
    WHERE host = ?1 AND state = 'waiting' AND priority = ?2 AND due_at > ?3 ORDER BY due_at LIMIT 1
  )sql";
  Queue out;
  for (const auto one : {Priority::news, Priority::known, Priority::backlog}) {
    const auto priority = static_cast<int>(one);
    if (out.due.size() < turn.most) {
      const auto room = static_cast<std::int64_t>(turn.most - out.due.size());
      auto& query = impl_->db.use(due.c_str()).bind(turn.host, priority, now, room);
      while (query.step()) out.due.push_back(read_item(query));
    }
    auto& next = impl_->db.use(later).bind(turn.host, priority, now);
    if (next.step()) {
      const auto at = next.instant(0);
      out.next_due = out.next_due ? std::min(*out.next_due, at) : at;
    }
    next.reset();
  }
  return out;
}

std::optional<FrontierItem> Reader::frontier_item(const std::string& source,
                                                  const std::string& url) const {
  static const std::string sql = std::string(frontier_columns) + "WHERE s.name = ?1 AND f.url = ?2";
  auto& query = impl_->db.use(sql.c_str()).bind(source, url);
  if (!query.step()) return std::nullopt;
  auto item = read_item(query);
  query.reset();
  return item;
}

std::optional<Capture> Reader::last_capture(ArticleRow article) const {
  static const std::string sql =
      std::string(capture_columns) + "JOIN articles a ON a.last_capture = c.row WHERE a.row = ?1";
  return first_capture(impl_->db, impl_->db.use(sql.c_str()).bind(article));
}

std::optional<Capture> Reader::capture(const std::string& article_id, int revision) const {
  static const std::string sql = std::string(capture_columns) + R"sql(
    JOIN revisions r ON r.capture = c.row JOIN articles a ON a.row = r.article
    WHERE a.id = ?1 AND r.number = ?2
  )sql";
  return first_capture(impl_->db, impl_->db.use(sql.c_str()).bind(article_id, revision));
}

int Reader::revision_of_state(ArticleRow article, const std::string& editorial_hash) const {
  auto& query =
      impl_->db.use("SELECT max(number) FROM revisions WHERE article = ?1 AND editorial_hash = ?2")
          .bind(article, editorial_hash);
  query.step();
  const auto number = static_cast<int>(query.integer(0));
  query.reset();
  return number;
}

std::vector<PastHour> Reader::live_articles(Instant since) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT s.name, max(a.first_seen_at), count(*), sum(a.head_revision - 1)
    FROM articles a JOIN sources s ON s.row = a.source
    WHERE a.first_seen_at >= ?1 AND a.discovery = 'live'
    GROUP BY s.name, a.first_seen_at / ?2 ORDER BY max(a.first_seen_at)
  )sql")
                    .bind(since, Duration(std::chrono::hours{1}));
  std::vector<PastHour> out;
  while (query.step())
    out.push_back({query.text(0), query.instant(1), static_cast<int>(query.integer(2)),
                   static_cast<int>(query.integer(3))});
  return out;
}

}  // namespace tinwatch::storage
