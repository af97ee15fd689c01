#pragma once

#include "alerts/alertmanager.hpp"
#include "alerts/compose.hpp"
#include "alerts/delivery.hpp"
#include "api/access.hpp"
#include "api/event_feed.hpp"
#include "api/message.hpp"
#include "api/routes.hpp"
#include "api/watch_list.hpp"
#include "app/desk.hpp"
#include "async/clock.hpp"
#include "async/task_group.hpp"
#include "async/wake_up.hpp"
#include "config/config.hpp"
#include "crawl/crawler.hpp"
#include "crawl/scheduler.hpp"
#include "fetchers/http_fetcher.hpp"
#include "fetchers/mailer.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "search/index_follower.hpp"
#include "storage/own_watches.hpp"
#include "storage/store.hpp"
#include "telemetry/metrics.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/static_thread_pool.hpp>
#include <boost/json/object.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tinwatch::app {

struct Standing;

/// Why a reload left the running configuration in force.
struct ReloadFault {
  enum class Kind {
    configuration,  ///< the file is not valid
    store,          ///< the database could not be written
  };
  Kind kind = Kind::configuration;
  config::Faults faults;  ///< for people; at least one
};
using ReloadResult = Result<bool, ReloadFault>;

/// The daemon without the process around it: every object it is made of, in order of dependency.
/// The members are the wiring diagram; construction order is start order and destruction order is
/// stop order. A scenario test runs one on a clock of its own; run.hpp adds signals, sockets and
/// systemd.
class Daemon {
 public:
  /// Opens the store. Throws storage::Unusable.
  Daemon(asio::io_context& io, config::Config config, Clock& clock);
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Takes up where the last run ended and begins to work.
  Task<> start();
  /// Takes no new work, ends what runs (what is being committed is committed), returns.
  Task<> stop();

  /// Puts the configuration that stands in the file now in force, whole or not at all; `storage`
  /// and `http` stay as they were. Everything goes on by the running one until then, and after a
  /// fault. One after the other: of several that wait, one reads the file for all.
  Task<ReloadResult> reload_file();

  /// Answers a request to the listener or the local socket.
  Task<api::Reply> handle(api::Request request);
  /// A message that was no request was answered with this status.
  void note_refused(int status);
  /// Gives up what people ask, now and from now on: the first thing of an orderly end.
  void give_up_questions() { store_.give_up_questions(); }

  /// What the parser threads work on, and the CPU time each has used for it.
  [[nodiscard]] std::vector<crawl::UnderWay> under_way() const { return crawler_.under_way(); }

  /// Notices when the machine's clock is set, and goes on by it. Runs until cancelled.
  Task<> watch_clock();
  /// The machine's clock was set; `back`: to an earlier time. Waits have been moved before.
  Task<> clock_was_set(bool back);

  /// Completes when the writer answers: the watchdog's question.
  Task<> writer_alive() { return store_.ping(); }

  /// How it is with the daemon, for people.
  struct Condition {
    std::vector<std::string> problems;  ///< as /-/ready names them; empty: it is ready
    std::string line;                   ///< the worst trouble, or what is watched
  };
  Task<Condition> condition();

  [[nodiscard]] const config::Config& config() const { return config_; }
  [[nodiscard]] telemetry::Metrics& metrics() { return metrics_; }
  /// Whether a request, a parse or a write is under way: a test moves its clock only when not.
  [[nodiscard]] bool is_busy() const;

 private:
  /// A configuration and what is made of it, which takes too long for the io thread.
  struct Loaded {
    config::Config config;
    std::shared_ptr<const crawl::Plan> plan;
    std::shared_ptr<const api::WatchList> watches;
  };
  static Result<Loaded, config::Faults> load(std::string file, storage::OwnSettings own);
  /// Puts in force the watches and snoozes that the store has now; the rest stays as it is. Of
  /// several that wait, one reads the store for all.
  Task<> follow_watches();
  Task<ReloadResult> read_again();
  Task<ReloadResult> put_in_force(Loaded loaded);
  ReloadFault keep_running(ReloadFault fault);
  /// Shows the series of what is configured, and those alone.
  void declare_series();
  /// Has the receivers of the configuration told, and those alone. Waits for none of them.
  Task<> follow_receivers();
  /// The loop that is to be run for a receiver; none: one runs, and goes on.
  alerts::DeliveryLoop* take_up(const alerts::ReceiverSettings& receiver);
  /// The receiver as its messages are written now; `sink`: what it is reached by.
  [[nodiscard]] std::shared_ptr<const alerts::Recipient> recipient(
      const alerts::ReceiverSettings& receiver, std::shared_ptr<alerts::AlertSink> sink) const;
  /// Tells the other receivers what became of one.
  Task<> note_receiver(EventType type, std::string receiver, std::string why);
  Task<> housekeeping();
  /// Asks heartbeats while all is well with the daemon.
  Task<> beat();
  /// Asks one; a heartbeat that hangs holds up no other.
  Task<> beat(alerts::ReceiverSettings receiver);
  /// Tells that the database cannot be written, past the database.
  Task<> watch_store();
  Task<> tell_of_store(std::string why);
  /// Notices that the database's file is not there any more: what is written then is lost.
  Task<> watch_file();
  /// Tells Alertmanager of what lasts.
  Task<> resend_conditions();
  Task<> resend(const alerts::Recipient& to, std::vector<alerts::Condition> conditions);
  Task<> watch_sources();
  /// Who asks is known from here on, and which row answers; else how the request is refused.
  Task<Result<const api::Route*, api::Reply>> let_in(api::Request& request);
  Task<api::Reply> log_in(api::Request request);
  Task<api::Reply> route(const api::Route& route, api::Request request);
  Task<api::Reply> answer_itself(api::DaemonHandler handler, api::Request request);
  [[nodiscard]] api::Context context() const;
  /// What /-/ready and `condition` are made of.
  Task<Standing> stand();
  Task<api::Reply> readiness();
  Task<api::Reply> metrics_page(api::Request request);
  /// What reads the whole database: one at a time.
  Task<api::Reply> examine(const api::Route& route, api::Request request);
  Task<api::Reply> recheck(api::Request request);
  /// Somebody has made a backup, and says how it went.
  Task<api::Reply> note_backup(api::Request request);
  /// `action` retry, hurry, drop or move; of an `id`, or of all of a `receiver`, `to` another.
  Task<api::Reply> change_outbox(api::Request request);
  /// Sends `receiver` a sample, or an `event`.
  Task<api::Reply> test_receiver(api::Request request);
  Task<api::Reply> send_sample(alerts::ReceiverSettings receiver, alerts::Sample sample);
  /// Of the hosts of what `key` names; `answer` outlives the call.
  Task<> lift_blocks(std::string key, std::string url, boost::json::object& answer);
  Task<api::Reply> fetch(api::Request request);
  Task<api::Reply> reload_reply();
  [[nodiscard]] api::Reply config_status() const;
  [[nodiscard]] static api::Reply build_status();
  Task<api::Reply> runtime_status();
  [[nodiscard]] std::chrono::minutes utc_offset() const;

  asio::io_context& io_;
  config::Config config_;
  Clock& clock_;
  telemetry::Metrics metrics_;
  asio::static_thread_pool cpu_;  // pure work only: parsing
  // Reads and compiles the configuration: files may be slow, and watches many.
  asio::static_thread_pool files_{1};
  storage::Store store_;  // brings its own threads
  api::Access access_;
  fetchers::HttpFetcher http_;
  fetchers::PoliteFetcher polite_;
  crawl::Crawler crawler_;
  TaskGroup visits_;
  crawl::Scheduler scheduler_;
  fetchers::Mailer mailer_;
  // By receiver. One that left the configuration stays until it has ended, so that a receiver that
  // comes back is never told by two.
  std::map<std::string, std::unique_ptr<alerts::DeliveryLoop>> deliveries_;
  TaskGroup delivery_loops_;
  std::set<std::string> beating_;  // heartbeats that have no answer yet, by receiver
  TaskGroup beats_;
  Limiter reload_turn_;          // one reload at a time
  std::size_t configuring_ = 0;  // what is made of a configuration or of watches, at the moment
  std::size_t reloads_asked_ = 0;
  std::size_t reloads_answered_ = 0;  // by last_reload_: the first so many
  ReloadResult last_reload_;
  std::optional<Instant> reload_tried_at_;  // for the last time; nothing: never
  std::size_t follows_asked_ = 0;
  std::size_t follows_answered_ = 0;               // the first so many
  std::shared_ptr<const api::WatchList> watches_;  // never null
  Desk desk_;
  search::IndexFollower index_;
  api::EventFeed event_feed_;
  WakeUp store_bell_;
  std::string store_trouble_;  // why the last write failed; empty: told, or none did
  std::string store_fault_;    // the same until one succeeds
  TaskGroup loops_;
  bool ready_ = false;
  Instant started_at_;
  Instant loaded_at_;         // the configuration in force
  Instant watching_since_{};  // all that is watched now
  std::size_t examinations_ = 0;
};

}  // namespace tinwatch::app
