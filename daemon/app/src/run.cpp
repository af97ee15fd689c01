#include "app/run.hpp"

#include "api/listener.hpp"
#include "app/daemon.hpp"
#include "core/time.hpp"
#include "service_manager.hpp"
#include "storage/backup.hpp"
#include "storage/database_lock.hpp"
#include "storage/error.hpp"
#include "telemetry/log.hpp"
#include "telemetry/version.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <malloc.h>
#include <unistd.h>

namespace tinwatch::app {
namespace {

/// Apart, so that nobody who may only reach the TCP port can lock out who may use the socket.
constexpr api::Connections::Limits tcp_limits{.connections = 256};
constexpr api::Connections::Limits local_limits{.connections = 64};

constexpr auto looks_every = std::chrono::seconds(15);
/// A loop that wakes so late was not running.
constexpr auto stood_still = std::chrono::seconds(5);

void log_failure(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    log::trouble("a connection failed", e.what());
  }
}

/// A page of 10 MiB comes and goes: what it took is given back to the system. By itself glibc
/// raises its thresholds to what was freed last, and keeps a heap for each thread. Pages of usual
/// size stay below these figures, and cost what they did.
void keep_little_memory() {
  // NOLINTBEGIN(concurrency-mt-unsafe): there is no other thread yet
  ::mallopt(M_ARENA_MAX, 2);
  ::mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
  ::mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
  // NOLINTEND(concurrency-mt-unsafe)
}

/// What stands around the daemon while it runs.
class Process {
 public:
  explicit Process(config::Config config)
      : daemon_(io_, std::move(config), clock_),
        tcp_connections_(io_.get_executor(), tcp_limits, log_failure),
        local_connections_(io_.get_executor(), local_limits, log_failure),
        loops_(io_.get_executor(), 16, log_failure) {
    const auto& http = daemon_.config().http;
    for (const auto& address : http.listen)
      listen(address, tcp_connections_,
             http.require_token || !config::is_loopback_listener(address));
    if (!http.socket.empty()) listen(http.socket, local_connections_, false);
  }

  void run() {
    std::exception_ptr failure;
    auto done = [&failure](std::exception_ptr e) { failure = e; };
    asio::co_spawn(io_, live(), done);
    io_.run();
    if (failure) std::rethrow_exception(failure);
  }

 private:
  void listen(const std::string& address, api::Connections& connections, bool needs_token) {
    api::Service service{.answer =
                             [this, needs_token](api::Request request) {
                               request.needs_token = needs_token;
                               return daemon_.handle(std::move(request));
                             },
                         .refused = [this](int status) { daemon_.note_refused(status); }};
    listeners_.push_back(std::make_unique<api::Listener>(io_.get_executor(), address,
                                                         std::move(service), connections));
  }

  // On every path out, all groups are joined: a coroutine must not outlive what it refers to.
  Task<> live() {
    std::exception_ptr failure;
    try {
      co_await daemon_.start();
      co_await loops_.spawn(measure_loop_lag());
      co_await loops_.spawn(watch_parsers());
      co_await loops_.spawn(daemon_.watch_clock());
      // Before anybody is answered: whoever asks whether it runs may end it then.
      asio::signal_set signals(io_, SIGINT, SIGTERM, SIGHUP);
      for (auto& listener : listeners_) co_await loops_.spawn(listener->run());
      if (const auto interval = service_manager::watchdog_interval())
        co_await loops_.spawn(feed_watchdog(*interval));
      service_manager::ready(told_status_);
      co_await loops_.spawn(tell_status_now_and_then());
      co_await obey(signals);
    } catch (...) {
      failure = std::current_exception();
    }
    service_manager::stopping();
    loops_.cancel();
    co_await loops_.join();
    daemon_.give_up_questions();
    tcp_connections_.cancel();
    local_connections_.cancel();
    co_await tcp_connections_.join();
    co_await local_connections_.join();
    co_await daemon_.stop();
    if (failure) std::rethrow_exception(failure);
  }

  Task<> obey(asio::signal_set& signals) {
    for (;;) {
      const int signal = co_await signals.async_wait(asio::use_awaitable);
      if (signal != SIGHUP) co_return;
      co_await loops_.spawn(reload());  // not awaited to its end: SIGTERM may come meanwhile
    }
  }

  Task<> reload() {
    service_manager::reloading();
    co_await daemon_.reload_file();
    service_manager::ready(told_status_);
    co_await tell_status();
  }

  // The worst trouble stands in `systemctl status`, and in the log once, and goes when it is over.
  Task<> tell_status_now_and_then() {
    for (;;) {
      co_await tell_status();
      co_await clock_.sleep_for(looks_every);
    }
  }

  Task<> tell_status() {
    auto now = co_await look();
    if (now == told_status_) co_return;
    told_status_ = std::move(now);
    service_manager::status(told_status_);
  }

  /// The line for `systemctl status`. A store that does not answer ends nothing here: the next look
  /// asks again.
  Task<std::string> look() {
    try {
      auto condition = co_await daemon_.condition();
      note_readiness(condition.problems);
      co_return std::move(condition.line);
    } catch (const std::exception& e) {
      if (is_cancellation(std::current_exception())) throw;
      co_return std::string("the daemon cannot look at itself: ") + e.what();
    }
  }

  void note_readiness(const std::vector<std::string>& problems) {
    if (problems.empty() && !is_ready_) log::info("ready again");
    if (!problems.empty() && is_ready_)
      log::warning("not ready", {{"why", problems.front()}, {"problems", problems.size()}});
    is_ready_ = problems.empty();
  }

  // The event loop and the writer both have to answer before systemd hears that we live.
  Task<> feed_watchdog(Duration interval) {
    for (;;) {
      co_await daemon_.writer_alive();
      service_manager::alive();
      co_await clock_.sleep_for(interval);
    }
  }

  // A thread that is stuck inside a library cannot be stopped: the process ends, is started again,
  // and finds in the parse journal which page that was.
  Task<> watch_parsers() {
    for (;;) {
      co_await clock_.sleep_for(std::chrono::seconds(1));
      const auto stuck = crawl::find_stuck(daemon_.under_way());
      if (!stuck) continue;
      log::error(
          "reading a page does not end; tinwatch ends, and skips the page if it happens again",
          {{"source", stuck->source}, {"url", stuck->url}});
      std::abort();
    }
  }

  // If somebody blocks the event loop, the metric says so before users do.
  Task<> measure_loop_lag() {
    constexpr auto period = std::chrono::seconds(1);
    for (;;) {
      const auto before = std::chrono::steady_clock::now();
      co_await clock_.sleep_for(period);
      const std::chrono::nanoseconds late = std::chrono::steady_clock::now() - before - period;
      daemon_.metrics().loop_lag(std::max(late, std::chrono::nanoseconds(0)));
      if (late < stood_still) continue;
      log::warning(
          "the daemon stood still: it was stopped, or the machine was, or has too much to do",
          {{"for", to_text(std::chrono::duration_cast<Duration>(late))}});
    }
  }

  asio::io_context io_{1};
  SystemClock clock_;
  Daemon daemon_;
  std::vector<std::unique_ptr<api::Listener>> listeners_;
  api::Connections tcp_connections_;
  api::Connections local_connections_;
  std::string told_status_ = "watching";
  bool is_ready_ = true;  // as the log says
  TaskGroup loops_;
};

/// A large database takes minutes: whoever waits for the start is told that it gets on.
void move_to_this_schema(const std::string& database) {
  service_manager::LongStart start("moving the database to this version's schema");
  const auto gets_on = [&start] { start.gets_on(); };
  const auto copy = storage::back_up_before_migration(database, gets_on);
  if (!copy) return;
  log::info("the database is moved to this version's schema; a copy from before is kept",
            {{"schema", copy->schema}, {"copy", copy->file}});
  static_cast<void>(storage::migrate_database(database, gets_on));
}

}  // namespace

int run(config::Config config) {
  keep_little_memory();
  log::info("tinwatch starts", {{"version", std::string(telemetry::version())},
                                {"revision", std::string(telemetry::revision())},
                                {"config", config.file},
                                {"pid", ::getpid()}});
  try {
    const auto lock = storage::DatabaseLock::try_acquire(config.storage.path);
    if (!lock)
      throw storage::Unusable(config.storage.path +
                              ": another tinwatch uses this database; stop it first, or name "
                              "another file in storage.url");
    move_to_this_schema(config.storage.path);
    Process(std::move(config)).run();
    log::tell_rest();
    return 0;
  } catch (const std::exception& e) {
    log::tell_rest();
    log::error(e.what());
    return 3;
  }
}

}  // namespace tinwatch::app
