#include "reader_impl.hpp"

#include <algorithm>
#include <filesystem>
#include <sys/statvfs.h>

namespace tinwatch::storage {
namespace {

constexpr int counting_share = 100;  // one part of them may be spent counting
constexpr auto longest_kept = std::chrono::minutes{1};

RowCounts count_rows(sqlite::Connection& db, Instant now) {
  const auto begun = std::chrono::steady_clock::now();
  RowCounts out;
  auto& articles = db.use("SELECT a.source, count(*) FROM articles a GROUP BY a.source");
  while (articles.step()) out.articles[articles.integer(0)] = articles.integer(1);
  auto& frontier = db.use(R"sql(
    SELECT coalesce(sum(CASE WHEN q.blocked THEN 0 ELSE q.due END), 0),
      coalesce(sum(CASE WHEN q.blocked THEN 0 ELSE q.waiting - q.due END), 0),
      coalesce(sum(CASE WHEN q.blocked THEN q.waiting ELSE 0 END), 0),
      (SELECT count(*) FROM checks) - coalesce(sum(q.waiting), 0), min(q.oldest)
    FROM (  -- by the index alone, host after host
      SELECT c.host, count(*) AS waiting, count(*) FILTER (WHERE c.due_at <= ?1) AS due, min(c.due_at) AS oldest,
        EXISTS (SELECT 1 FROM hosts h WHERE h.host = c.host AND h.blocked_until > ?1) AS blocked
      FROM checks c WHERE c.state = 'waiting' GROUP BY c.host
    ) AS q
  )sql")
                       .bind(now);
  if (frontier.step()) {
    out.due = frontier.integer(0);
    out.waiting = frontier.integer(1);
    out.blocked = frontier.integer(2);
    out.retired = frontier.integer(3);
    out.oldest_due = frontier.maybe_instant(4);
  }
  frontier.reset();
  const auto ended = std::chrono::steady_clock::now();
  out.until = ended + std::min<std::chrono::steady_clock::duration>(
                          longest_kept, counting_share * (ended - begun));
  return out;
}

}  // namespace

Overview Reader::overview(Instant now) const {
  Overview out;
  auto& db = impl_->db;
  auto& counts = impl_->counts;
  if (std::chrono::steady_clock::now() >= counts.until) counts = count_rows(db, now);
  out.frontier_due = counts.due;
  out.frontier_waiting = counts.waiting;
  out.frontier_blocked = counts.blocked;
  out.frontier_retired = counts.retired;
  out.oldest_due = counts.oldest_due;
  auto& sources = db.use(R"sql(
    SELECT s.name, s.title, s.active, s.row,
      (SELECT max(c.succeeded_at) FROM frontier f JOIN checks c ON c.frontier = f.row
        WHERE f.source = s.row AND f.kind <> 'article'),
      s.last_new_article_at, s.silent_since, s.unreachable_since, s.drifted_since, s.silent_reason
    FROM sources s ORDER BY s.name
  )sql");
  while (sources.step())
    out.sources.push_back(
        {.name = sources.text(0),
         .title = sources.text(1),
         .active = sources.integer(2) != 0,
         .articles = counts.articles[sources.integer(3)],
         .last_success_at = sources.maybe_instant(4),
         .last_new_article_at = sources.maybe_instant(5),
         .silent_since = sources.maybe_instant(6),
         .silent_reason = silent_reason_from(sources.text(9)).value_or(SilentReason::nothing_new),
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
    SELECT d.receiver, count(*) FILTER (WHERE d.state <> 'dead'), count(*) FILTER (WHERE d.state = 'dead'),
      min(d.created_at) FILTER (WHERE d.state <> 'dead'),
      coalesce((SELECT r.disabled FROM receivers r WHERE r.name = d.receiver), 0)
    FROM deliveries d WHERE d.state IN ('pending', 'written', 'dead') GROUP BY d.receiver
  )sql");
  while (outbox.step())
    out.outbox.push_back({.receiver = outbox.text(0),
                          .pending = outbox.integer(1),
                          .dead = outbox.integer(2),
                          .oldest = outbox.maybe_instant(3),
                          .disabled = outbox.integer(4) != 0});
  // Another recipient has them: the delivery is told, this message is not.
  auto& partly = db.use(R"sql(
    SELECT m.receiver, count(*) FILTER (WHERE m.state <> 'dead'), count(*) FILTER (WHERE m.state = 'dead'),
      min(m.created_at) FILTER (WHERE m.state <> 'dead')
    FROM messages m WHERE m.state IN ('pending', 'dead') AND NOT EXISTS (SELECT 1 FROM message_parts p
      JOIN deliveries d ON d.seq = p.delivery WHERE p.message = m.row AND d.state <> 'delivered') GROUP BY m.receiver
  )sql");
  while (partly.step()) {
    const auto name = partly.text(0);
    auto found = std::find_if(out.outbox.begin(), out.outbox.end(),
                              [&](const OutboxView& one) { return one.receiver == name; });
    if (found == out.outbox.end()) found = out.outbox.insert(found, {.receiver = name});
    found->pending += partly.integer(1);
    found->dead += partly.integer(2);
    if (const auto since = partly.maybe_instant(3))
      found->oldest = std::min(found->oldest.value_or(*since), *since);
  }
  auto& last = db.use("SELECT coalesce(max(seq), 0) FROM events");
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
