#pragma once

#include "app/daemon.hpp"
#include "newsroom/server.hpp"
#include "support/fake_clock.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::test {

/// A newsroom and a daemon in one process on one made-up clock, with real HTTP between them and a
/// real database file. The clock moves only while no request, parse or commit is under way, so that
/// a day takes as long as its work. In the end the database must be whole (Reader::verify),
/// whatever happened to the newsroom.
class World {
 public:
  explicit World(Instant start = beginning);
  ~World();

  /// Starts the daemon (again) with this profile and these watches.
  void start(parsers::Profile profile = newsroom_profile(),
             std::vector<config::WatchSettings> watches = {});
  void stop();
  /// Sets the machine's clock by so much; the newsroom's stays right.
  void set_clock(Duration by) { clock_.set_ahead(ahead_ += by); }
  /// Lets time pass, and everything that falls due happen.
  void pass(Duration duration);
  newsroom::Step step();

  [[nodiscard]] static parsers::Profile newsroom_profile();
  [[nodiscard]] newsroom::Server& newsroom() { return newsroom_; }
  [[nodiscard]] const FakeClock& clock() const { return clock_; }
  [[nodiscard]] std::string database() const { return folder_ / "tinwatch.db"; }
  /// Events since `seq`, as `type identifier`, without the baseline.
  [[nodiscard]] std::vector<std::string> live_events(std::int64_t after = 0) const;
  [[nodiscard]] std::int64_t last_event() const;
  /// What waits for the desk.
  [[nodiscard]] std::int64_t deliveries() const;
  /// The records of an article's revisions, oldest first, by the site's own id of it.
  [[nodiscard]] std::vector<std::string> revisions(const std::string& identifier) const;
  /// The value of a series on /metrics, such as `tinwatch_polls_total{result="revised"}`.
  [[nodiscard]] double metric(const std::string& series);
  /// Changes the database behind the daemon's back, while it is stopped.
  void tamper(const std::string& sql) const;

  monitor::RemovalSettings removal;
  monitor::Interval poll{std::chrono::hours{1}, std::chrono::hours{1}};
  double requests_an_hour = 1e6;
  std::vector<std::string> hosts;  ///< beside the newsroom's own
  monitor::Shortcuts shortcuts;
  bool has_desk = false;  ///< a receiver of all events of articles
  std::optional<Duration> recheck = std::chrono::minutes{1};
  TimeZone zone = TimeZone::fixed(std::chrono::hours{7});  ///< of the source
  static const Instant beginning;

 private:
  void settle();

  TempDir folder_;
  asio::io_context io_;
  FakeClock clock_;
  Duration ahead_{0};
  newsroom::Server newsroom_;
  mutable bool tampered_ = false;
  std::unique_ptr<app::Daemon> daemon_;
};

}  // namespace tinwatch::test
