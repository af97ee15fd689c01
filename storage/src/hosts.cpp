#include "compression.hpp"
#include "reader_impl.hpp"
#include "tables.hpp"

/// Hosts and what they say in robots.txt.
namespace tinwatch::storage {
namespace {

/// Compressed. A longer robots.txt is asked for again when it is needed: what one host makes us
/// keep has an end.
constexpr std::size_t longest_kept_robots = std::size_t{64} * 1024;

constexpr std::size_t most_hosts = 10'000;

constexpr auto upsert_host = R"sql(
  INSERT INTO hosts (host, next_allowed, blocked_until, failures, last_failure, validators_lied_at, wants_quiet)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
  ON CONFLICT (host) DO UPDATE SET next_allowed = excluded.next_allowed, blocked_until = excluded.blocked_until,
    failures = excluded.failures, last_failure = excluded.last_failure,
    validators_lied_at = excluded.validators_lied_at, wants_quiet = excluded.wants_quiet
)sql";

constexpr auto upsert_robots = R"sql(
  INSERT INTO robots (host, status, fetched_at, failures, body) VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT (host) DO UPDATE SET status = excluded.status, fetched_at = excluded.fetched_at,
    failures = excluded.failures, body = excluded.body
)sql";

constexpr auto select_hosts =
    "SELECT host, next_allowed, blocked_until, failures, last_failure, validators_lied_at, "
    "wants_quiet FROM hosts ";

constexpr auto forget_idle = R"sql(
  DELETE FROM hosts WHERE next_allowed < ?1 AND (blocked_until IS NULL OR blocked_until < ?1)
)sql";

constexpr auto forget_surplus = R"sql(
  DELETE FROM hosts WHERE host IN (SELECT host FROM hosts ORDER BY next_allowed DESC LIMIT 1000000 OFFSET ?1)
)sql";

HostState read_host(const sqlite::Statement& row) {
  return {.host = row.text(0),
          .next_allowed = row.instant(1),
          .blocked_until = row.maybe_instant(2),
          .wants_quiet = row.integer(6) != 0,
          .failures = static_cast<int>(row.integer(3)),
          .last_failure = row.maybe_instant(4),
          .validators_lied_at = row.maybe_instant(5)};
}

}  // namespace

void write_host(sqlite::Connection& db, const HostState& host) {
  db.use(upsert_host)
      .bind(host.host, host.next_allowed, host.blocked_until, host.failures, host.last_failure,
            host.validators_lied_at, host.wants_quiet)
      .run();
}

void write_robots(sqlite::Connection& db, const std::string& host, const RobotsAnswer& robots) {
  std::optional<std::string> packed;
  if (robots.text) packed = compress(*robots.text);
  if (packed && packed->size() > longest_kept_robots) packed.reset();
  std::optional<sqlite::Blob> body;
  if (packed) body = sqlite::Blob{*packed};
  db.use(upsert_robots).bind(host, robots.status, robots.fetched_at, robots.failures, body).run();
}

void forget_hosts(sqlite::Connection& db, Instant idle_since, Instant robots_before) {
  db.use("DELETE FROM robots WHERE fetched_at < ?1").bind(robots_before).run();
  db.use(forget_idle).bind(idle_since).run();
  db.use(forget_surplus).bind(static_cast<std::int64_t>(most_hosts)).run();
}

std::vector<HostState> Reader::hosts_to_spare(Instant now) const {
  static const std::string sql =
      std::string(select_hosts) + "WHERE next_allowed > ?1 OR blocked_until > ?1";
  auto& query = impl_->db.use(sql.c_str()).bind(now);
  std::vector<HostState> out;
  while (query.step()) out.push_back(read_host(query));
  return out;
}

std::vector<std::string> Reader::hosts_of(const std::string& source_or_url) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT DISTINCT f.host FROM frontier f WHERE f.url = ?1
      OR f.url IN (SELECT a.canonical_url FROM articles a WHERE a.id = ?1)
      OR f.source = (SELECT s.row FROM sources s WHERE s.name = ?1)
    ORDER BY f.host LIMIT 1000
  )sql")
                    .bind(source_or_url);
  std::vector<std::string> out;
  while (query.step()) out.push_back(query.text(0));
  return out;
}

std::optional<KnownHost> Reader::host(const std::string& host) const {
  static const std::string sql = std::string(select_hosts) + "WHERE host = ?1";
  auto& query = impl_->db.use(sql.c_str()).bind(host);
  if (!query.step()) return std::nullopt;
  KnownHost out{.state = read_host(query)};
  query.reset();
  auto& robots =
      impl_->db.use("SELECT status, fetched_at, failures, body FROM robots WHERE host = ?1")
          .bind(host);
  if (!robots.step()) return out;
  out.robots = RobotsAnswer{.status = static_cast<int>(robots.integer(0)),
                            .fetched_at = robots.instant(1),
                            .failures = static_cast<int>(robots.integer(2))};
  if (!robots.is_null(3)) out.robots->text = decompress(robots.blob(3));
  robots.reset();
  return out;
}

}  // namespace tinwatch::storage
