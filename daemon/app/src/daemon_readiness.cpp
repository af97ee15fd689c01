#include "app/daemon.hpp"
#include "config_warnings.hpp"
#include "core/text.hpp"
#include "readiness.hpp"
#include "storage/error.hpp"

#include <algorithm>

/// Whether the daemon does its work, as probes and systemd are told.
namespace tinwatch::app {

Task<Standing> Daemon::stand() {
  Standing standing{.is_started = ready_,
                    .store_fault = store_fault_,
                    .watching_since = watching_since_,
                    .now = clock_.now(),
                    .files = open_files()};
  if (!last_reload_) standing.config_fault = last_reload_.error().faults.front();
  for (const auto& source : config_.sources)
    standing.longest_poll = std::max(standing.longest_poll, source.poll.max);
  try {
    const bool is_lost = co_await store_.read(&storage::Reader::has_lost_its_file);
    if (is_lost) standing.lost_file = lost_file(config_);
    standing.overview = co_await store_.ask(&storage::Reader::overview, standing.now);
  } catch (const storage::sqlite::Error& e) {
    standing.unreadable = e.what();
  }
  co_return standing;
}

Task<api::Reply> Daemon::readiness() {
  const auto standing = co_await stand();
  const auto why = why_not_ready(standing);
  api::Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = "Tinwatch is ready.\n";
  if (!why.empty()) {
    reply.status = 503;
    reply.body = "Tinwatch is not ready:\n- " + join(why, "\n- ") + "\n";
  }
  co_return reply;
}

Task<Daemon::Condition> Daemon::condition() {
  const auto standing = co_await stand();
  Condition out;
  out.problems = why_not_ready(standing);
  out.line = status_line(standing);
  co_return out;
}

}  // namespace tinwatch::app
