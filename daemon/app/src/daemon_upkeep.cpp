#include "app/daemon.hpp"
#include "storage/backup.hpp"
#include "storage/retention.hpp"
#include "storage/tokens.hpp"
#include "telemetry/log.hpp"

/// What keeps the database small, and what is known of its copies.
namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

constexpr Duration hosts_kept = 30 * 24h;  // since they were asked last
/// All of them are looked through, article by article.
constexpr Duration readings_looked_through_each = 24h;
constexpr Duration audit_kept = 2 * 365 * 24h;
constexpr std::int64_t most_audit = 1'000'000;  // rows
constexpr Duration robots_kept = 24h;           // then it has to be asked for again (RFC 9309, 2.4)

}  // namespace

Task<> Daemon::housekeeping() {
  using telemetry::RetentionJob;
  auto readings_due = clock_.steady();
  for (;;) {
    co_await clock_.sleep_for(1h);
    const auto deleted =
        co_await storage::delete_old_pages(store_, clock_.now() - config_.storage.keep_raw);
    metrics_.retention_deleted(RetentionJob::raw_pages, deleted);
    if (deleted > 0)
      log::info("raw pages that were kept long enough are gone", {{"pages", deleted}});
    co_await store_.forget_hosts(clock_.now() - hosts_kept, clock_.now() - robots_kept);
    co_await store_.forget_learned(clock_.now());
    co_await store_.write(&storage::forget_sessions, clock_.now());
    const auto audit =
        co_await storage::delete_old_audit(store_, clock_.now() - audit_kept, most_audit);
    metrics_.retention_deleted(RetentionJob::audit, audit);
    if (config_.storage.keep_readings > 0s && clock_.steady() >= readings_due) {
      const auto before = clock_.now() - config_.storage.keep_readings;
      const auto readings = co_await storage::delete_old_readings(store_, before);
      metrics_.retention_deleted(RetentionJob::readings, readings);
      readings_due = clock_.steady() + readings_looked_through_each;
    }
    co_await storage::give_back_space(store_);
  }
}

Task<api::Reply> Daemon::note_backup(api::Request request) {
  co_await store_.write(&storage::note_backup, clock_.now());
  log::info("backed up", {{"file", request.parameter("file")},
                          {"bytes", request.parameter("bytes")},
                          {"elapsed_ms", request.parameter("elapsed_ms")}});
  api::Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  co_return reply;
}

}  // namespace tinwatch::app
