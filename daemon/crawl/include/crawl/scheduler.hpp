#pragma once

#include "async/task_group.hpp"
#include "async/wake_up.hpp"
#include "crawl/crawler.hpp"
#include "crawl/places.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "storage/store.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace tinwatch::crawl {

/// Hands what is due to the crawler: at each host new articles first, then lists and known
/// articles by the time they wait, then what was there before anybody watched. Every host has a
/// queue of its own in the store and one place here, at the time when it may be asked next: a slow
/// or blocked one never fills the slots of the others, and a million URLs cost no more than their
/// hosts. No source has more than its share of the visits at once, and nothing here waits for one.
class Scheduler {
 public:
  /// `visits` runs at most so many at once as its limit says, and nobody else's tasks.
  Scheduler(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
            fetchers::PoliteFetcher& fetcher, Crawler& crawler, TaskGroup& visits);

  /// Runs until cancelled.
  Task<> run();

  /// Any host may have something new to do.
  void ring() {
    read_all_ = true;
    bell_.ring();
  }
  /// The machine's clock was set: what it waits for is read anew.
  void clock_was_set();
  /// This one may.
  void ring(const std::string& host);

 private:
  Task<> visit(storage::FrontierItem item);
  void set_next(const std::string& host, Instant at);
  /// Takes the hosts whose time has come and that may be asked.
  std::vector<storage::Turn> take_turns();
  /// Starts what a host's queue gives, as far as there is room.
  Task<> begin(storage::Turn turn, storage::Queue queue);

  Clock& clock_;
  storage::Store& store_;
  fetchers::PoliteFetcher& fetcher_;
  Crawler& crawler_;
  TaskGroup& visits_;
  WakeUp bell_;
  bool read_all_ = false;
  std::map<std::string, Instant> next_;                // host -> when to look at its queue
  std::set<std::pair<Instant, std::string>> by_time_;  // the same, in that order
  std::set<FrontierRow> running_;
  std::set<FrontierRow> finished_;  // since the queues were read: what was read of them is old
  std::multiset<std::string> busy_hosts_;
  std::set<std::string> capped_hosts_;  // something due there waits for the next hour's budget
  Places places_;
  std::map<FrontierRow, Instant> resting_;  // rows whose visit could not be written, until when
};

}  // namespace tinwatch::crawl
