#include "crawl/scheduler.hpp"

#include "core/time.hpp"
#include "crawl/visit_failed.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_turns = 64;  // hosts looked at in one read
constexpr std::size_t share_of_a_source = 8;
constexpr std::size_t most_capped = 64;  // looked past, in search of what no budget is for
constexpr Duration longest_sleep = 60s;
constexpr Duration rest_after_failure = 60s;
constexpr Duration longest_pace = 60s;  // between requests; a host that waits longer is left alone

std::vector<storage::Queue> read_queues(const storage::Reader& reader,
                                        std::vector<storage::Turn> turns, Instant now) {
  std::vector<storage::Queue> out;
  out.reserve(turns.size());
  for (const auto& turn : turns) out.push_back(reader.queue(turn, now));
  return out;
}

}  // namespace

Scheduler::Scheduler(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
                     fetchers::PoliteFetcher& fetcher, Crawler& crawler, TaskGroup& visits)
    : clock_(clock),
      store_(store),
      fetcher_(fetcher),
      crawler_(crawler),
      visits_(visits),
      bell_(executor, clock),
      places_(visits.limit(), share_of_a_source) {}

void Scheduler::set_next(const std::string& host, Instant at) {
  const auto [place, added] = next_.try_emplace(host, at);
  if (!added) {
    by_time_.erase({place->second, host});
    place->second = at;
  }
  by_time_.emplace(at, host);
}

void Scheduler::clock_was_set() {
  next_.clear();
  by_time_.clear();
  resting_.clear();
  ring();
}

void Scheduler::ring(const std::string& host) {
  set_next(host, clock_.now());
  bell_.ring();
}

std::vector<storage::Turn> Scheduler::take_turns() {
  std::vector<storage::Turn> turns;
  const auto now = clock_.now();
  while (!by_time_.empty() && by_time_.begin()->first <= now && turns.size() < most_turns) {
    const auto host = by_time_.begin()->second;
    by_time_.erase(by_time_.begin());
    next_.erase(host);
    const auto busy = busy_hosts_.count(host);
    if (busy >= fetcher_.connections()) continue;  // the end of a visit rings for it
    if (const auto ready = fetcher_.ready_at(host); ready > now) {
      if (ready - now > longest_pace && log::is_on(log::Level::debug))
        log::debug("not fetched: the host is left alone",
                   {{"host", host}, {"until", to_rfc3339(ready)}});
      set_next(host, ready);
      continue;
    }
    // What runs or rests is still due, and stands first; so does what waits for the next hour.
    const auto waiting = capped_hosts_.erase(host) > 0 ? most_capped : 0;
    turns.push_back({host, fetcher_.connections() + resting_.size() + waiting});
  }
  return turns;
}

Task<> Scheduler::begin(storage::Turn turn, storage::Queue queue) {
  auto next = queue.next_due;
  for (auto& item : queue.due) {
    if (running_.contains(item.row) || finished_.contains(item.row)) continue;
    if (const auto failed = resting_.find(item.row); failed != resting_.end()) {
      if (failed->second > clock_.now()) {
        next = std::min(next.value_or(failed->second), failed->second);
        continue;
      }
      resting_.erase(failed);
    }
    if (const auto room = crawler_.room_at(item); room > clock_.now()) {
      // What stands behind it may be free of the budget: that is looked at before anybody waits.
      const auto again = turn.most > most_capped ? room : clock_.now();
      next = std::min(next.value_or(again), again);
      if (capped_hosts_.insert(turn.host).second && log::is_on(log::Level::debug))
        log::debug("not fetched: the host's requests of this hour are used up",
                   {{"source", item.source}, {"url", item.url}, {"until", to_rfc3339(room)}});
      continue;
    }
    if (busy_hosts_.count(turn.host) >= fetcher_.connections()) co_return;
    if (!places_.has_place(item.source) || crawler_.is_behind(item.source)) {
      places_.wait(item.source, turn.host);
      co_return;
    }
    running_.insert(item.row);
    busy_hosts_.insert(turn.host);
    places_.take(item.source);
    co_await visits_.spawn(visit(std::move(item)));
  }
  // Who rang meanwhile has set an earlier time.
  if (next && !next_.contains(turn.host)) set_next(turn.host, *next);
}

Task<> Scheduler::run() {
  read_all_ = true;  // whatever an earlier run had in hand when it failed is looked at again
  for (;;) {
    if (std::exchange(read_all_, false)) {
      const auto hosts = co_await store_.read(&storage::Reader::queues);
      for (const auto& [host, due] : hosts) {
        const auto known = next_.find(host);
        if (known == next_.end() || due < known->second) set_next(host, due);
      }
    }
    places_.set_share(std::max(share_of_a_source, fetcher_.connections()));
    const auto behind = [this](const std::string& source) { return crawler_.is_behind(source); };
    for (const auto& host : places_.next(behind)) set_next(host, clock_.now());
    auto turns = take_turns();
    if (turns.empty()) {
      Duration sleep = longest_sleep;
      if (!by_time_.empty()) sleep = std::min(sleep, by_time_.begin()->first - clock_.now());
      co_await bell_.sleep(std::max<Duration>(sleep, 1ms));
      continue;
    }
    const auto now = clock_.now();
    finished_.clear();
    auto queues = co_await store_.read(read_queues, turns, now);
    for (std::size_t i = 0; i < turns.size(); ++i)
      co_await begin(std::move(turns[i]), std::move(queues[i]));
  }
}

Task<> Scheduler::visit(storage::FrontierItem item) {
  struct Done {
    Scheduler& self;
    FrontierRow row;
    std::string host;
    std::string source;
    std::string url;
    Done(Scheduler& scheduler, const storage::FrontierItem& item)
        : self(scheduler), row(item.row), host(item.host), source(item.source), url(item.url) {}
    Done(const Done&) = delete;
    Done& operator=(const Done&) = delete;
    ~Done() {
      self.running_.erase(row);
      self.places_.give_back(source);
      self.finished_.insert(row);
      self.busy_hosts_.erase(self.busy_hosts_.find(host));
      self.ring(host);
    }
  };
  const Done done(*this, item);
  std::exception_ptr failure;
  try {
    co_await crawler_.visit(std::move(item));
  } catch (...) {
    failure = std::current_exception();
  }
  if (!failure) co_return;
  // The store refused: the row is still due, and must not be asked for again at once.
  if (is_cancellation(failure)) std::rethrow_exception(failure);
  resting_[done.row] = clock_.now() + rest_after_failure;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    throw VisitFailed(done.source, done.url, e.what());
  }
}

}  // namespace tinwatch::crawl
