#include "search/index_follower.hpp"

#include "search/index_entry.hpp"
#include "storage/store.hpp"

namespace tinwatch::search {
namespace {

using namespace std::chrono_literals;

/// A few milliseconds of a reader's thread, and as many of the writer's.
constexpr std::size_t entries_a_step = 32;
/// What is stored without an event rings no bell.
constexpr Duration longest_sleep = 1min;

}  // namespace

IndexFollower::IndexFollower(storage::Store& store, const asio::any_io_executor& executor,
                             Clock& clock)
    : store_(store), bell_(executor, clock) {}

Task<> IndexFollower::run() {
  for (;;) {
    co_await catch_up();
    co_await bell_.sleep(longest_sleep);
  }
}

Task<> IndexFollower::catch_up() {
  for (;;) {
    auto entries = co_await store_.ask(&next_entries, entries_a_step);
    if (entries.empty()) co_return;
    co_await store_.write(&storage::TextIndex::add, std::move(entries));
  }
}

}  // namespace tinwatch::search
