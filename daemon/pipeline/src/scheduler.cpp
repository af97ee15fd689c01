#include "pipeline/scheduler.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t batch = 256;
constexpr Duration longest_sleep = 60s;
constexpr Duration rest_after_failure = 60s;

struct Agenda {
  std::vector<storage::FrontierItem> due;
  std::optional<Instant> next;  ///< when something else falls due
};

Agenda read_agenda(const storage::Reader& reader, Instant now) {
  return {reader.due(now, batch), reader.next_due(now)};
}

}  // namespace

Scheduler::Scheduler(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
                     const fetchers::PoliteFetcher& fetcher, Pipeline& pipeline, TaskGroup& visits)
    : clock_(clock),
      store_(store),
      fetcher_(fetcher),
      pipeline_(pipeline),
      visits_(visits),
      bell_(executor, clock) {}

Task<> Scheduler::run() {
  for (;;) {
    const auto agenda = co_await store_.read(read_agenda, clock_.now());
    Duration sleep = longest_sleep;
    if (agenda.next) sleep = std::min(sleep, *agenda.next - clock_.now());
    for (const auto& item : agenda.due) {
      if (running_.contains(item.row) || busy_hosts_.count(item.host) >= fetcher_.connections())
        continue;
      if (const auto failed = resting_.find(item.row); failed != resting_.end()) {
        if (failed->second > clock_.now()) continue;
        resting_.erase(failed);
      }
      const auto wait = fetcher_.ready_at(item.host) - clock_.now();
      if (wait > 0ms) {
        sleep = std::min(sleep, wait);
        continue;
      }
      running_.insert(item.row);
      busy_hosts_.insert(item.host);
      co_await visits_.spawn(visit(item));
    }
    co_await bell_.sleep(std::max<Duration>(sleep, 1ms));
  }
}

Task<> Scheduler::visit(storage::FrontierItem item) {
  struct Done {
    Scheduler& self;
    FrontierRow row;
    std::string host;
    Done(Scheduler& scheduler, FrontierRow item_row, std::string item_host)
        : self(scheduler), row(item_row), host(std::move(item_host)) {}
    Done(const Done&) = delete;
    Done& operator=(const Done&) = delete;
    ~Done() {
      self.running_.erase(row);
      self.busy_hosts_.erase(self.busy_hosts_.find(host));
      self.ring();
    }
  };
  const Done done(*this, item.row, item.host);
  std::exception_ptr failure;
  try {
    co_await pipeline_.visit(std::move(item));
  } catch (...) {
    failure = std::current_exception();
  }
  if (!failure) co_return;
  // The store refused: the row is still due, and must not be asked for again at once.
  if (!is_cancellation(failure)) resting_[done.row] = clock_.now() + rest_after_failure;
  std::rethrow_exception(failure);
}

}  // namespace tinwatch::pipeline
