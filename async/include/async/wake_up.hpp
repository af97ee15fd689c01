#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/system/error_code.hpp>

namespace tinwatch {

/// A bell beside a bed: a loop sleeps until its time has come or somebody rings. A ring while
/// nobody sleeps is remembered, so that none is lost. Belongs to the io thread.
class WakeUp {
 public:
  WakeUp(const asio::any_io_executor& executor, Clock& clock)
      : clock_(clock), rings_(executor, 1) {}

  void ring() { rings_.try_send(boost::system::error_code{}); }

  /// Completes after `longest`, or at the next ring.
  Task<> sleep(Duration longest);

 private:
  Clock& clock_;
  asio::experimental::channel<void(boost::system::error_code)> rings_;
};

}  // namespace tinwatch
