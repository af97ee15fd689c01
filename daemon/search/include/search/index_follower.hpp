#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "async/wake_up.hpp"

#include <functional>

namespace tinwatch::storage {
class Store;
}

namespace tinwatch::search {

/// Keeps the index of texts behind the revisions: in small steps of its own, so that nothing that
/// is crawled waits for it. What was stored is found a moment later. Belongs to the io thread.
class IndexFollower {
 public:
  IndexFollower(storage::Store& store, const asio::any_io_executor& executor, Clock& clock);

  /// Something was stored.
  void ring() { bell_.ring(); }
  /// Until it is cancelled. Throws what the store throws; then it may be run anew.
  Task<> run();
  /// Until all is in it.
  Task<> catch_up();

 private:
  storage::Store& store_;
  WakeUp bell_;
};

}  // namespace tinwatch::search
