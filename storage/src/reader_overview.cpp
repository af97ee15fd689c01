#include "reader_impl.hpp"

#include <filesystem>
#include <sys/statvfs.h>

namespace tinwatch::storage {

Overview Reader::overview(Instant now) const {
  Overview out;
  auto& db = impl_->db;
  auto& sources = db.use(R"sql(
    SELECT name, title, active, (SELECT count(*) FROM articles WHERE source = sources.row), last_success_at,
      last_new_article_at, silent_since, unreachable_since, drifted_since FROM sources ORDER BY name
  )sql");
  while (sources.step())
    out.sources.push_back({.name = sources.text(0),
                           .title = sources.text(1),
                           .active = sources.integer(2) != 0,
                           .articles = sources.integer(3),
                           .last_success_at = sources.maybe_instant(4),
                           .last_new_article_at = sources.maybe_instant(5),
                           .silent_since = sources.maybe_instant(6),
                           .unreachable_since = sources.maybe_instant(7),
                           .drifted_since = sources.maybe_instant(8)});
  auto& hosts = db.use(R"sql(
    SELECT host, blocked_until, failures FROM hosts WHERE blocked_until > ?1
    ORDER BY blocked_until DESC LIMIT 100
  )sql")
                    .bind(now);
  while (hosts.step())
    out.blocked_hosts.push_back({.host = hosts.text(0),
                                 .until = hosts.instant(1),
                                 .failures = static_cast<int>(hosts.integer(2))});
  auto& outbox = db.use(R"sql(
    SELECT receiver, sum(state = 'pending'), sum(state = 'dead'), min(iif(state = 'pending', created_at, NULL)),
      ifnull((SELECT disabled FROM receivers r WHERE r.name = receiver), 0)
    FROM deliveries WHERE state IN ('pending', 'dead') GROUP BY receiver
  )sql");
  while (outbox.step())
    out.outbox.push_back({.receiver = outbox.text(0),
                          .pending = outbox.integer(1),
                          .dead = outbox.integer(2),
                          .oldest = outbox.maybe_instant(3),
                          .disabled = outbox.integer(4) != 0});
  auto& frontier = db.use(R"sql(
    SELECT ifnull(sum(due * (NOT blocked)), 0), ifnull(sum((waiting - due) * (NOT blocked)), 0),
      ifnull(sum(waiting * blocked), 0),
      (SELECT count(*) FROM frontier) - ifnull(sum(waiting), 0), min(oldest)
    FROM (  -- by the index alone, host after host
      SELECT f.host, count(*) AS waiting, sum(f.due_at <= ?1) AS due, min(f.due_at) AS oldest,
        EXISTS (SELECT 1 FROM hosts h WHERE h.host = f.host AND h.blocked_until > ?1) AS blocked
      FROM frontier f WHERE f.state = 'waiting' GROUP BY f.host
    )
  )sql")
                       .bind(now);
  if (frontier.step()) {
    out.frontier_due = frontier.integer(0);
    out.frontier_waiting = frontier.integer(1);
    out.frontier_blocked = frontier.integer(2);
    out.frontier_retired = frontier.integer(3);
    out.oldest_due = frontier.maybe_instant(4);
  }
  frontier.reset();
  auto& last = db.use("SELECT ifnull(max(seq), 0) FROM events");
  last.step();
  out.last_event_seq = last.integer(0);
  last.reset();
  for (const auto* suffix : {"", "-wal"}) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(impl_->path + suffix, ignored);
    if (!ignored) out.size_bytes += static_cast<std::int64_t>(size);
  }
  struct statvfs disk {};
  if (::statvfs(impl_->path.c_str(), &disk) == 0)
    out.free_bytes =
        static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
  return out;
}

}  // namespace tinwatch::storage
