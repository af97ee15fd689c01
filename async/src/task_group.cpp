#include "async/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel_error.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/system/system_error.hpp>

#include <memory>

namespace tinwatch {

bool is_cancellation(std::exception_ptr failure) {
  // Two waits side by side (WakeUp) are cancelled together and say so together.
  try {
    std::rethrow_exception(failure);
  } catch (const asio::multiple_exceptions& both) {
    failure = both.first_exception();
  } catch (...) {
    // Not a pair: told below.
  }
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& e) {
    // A channel has its own word for it.
    return e.code() == asio::error::operation_aborted ||
           e.code() == asio::experimental::error::channel_cancelled;
  } catch (...) {
    return false;
  }
}

TaskGroup::TaskGroup(asio::any_io_executor executor, std::size_t limit, OnFailure on_failure)
    : executor_(executor),
      limit_(limit),
      slots_(executor, limit),
      on_failure_(std::move(on_failure)),
      ended_(executor, 1) {}

Task<> TaskGroup::spawn(Task<> task) {
  auto permit = std::make_shared<Limiter::Permit>(co_await slots_.acquire());
  const auto signal = running_.emplace(running_.end());
  auto on_end = [this, permit, signal](std::exception_ptr failure) {
    if (failure && !is_cancellation(failure)) on_failure_(failure);
    running_.erase(signal);
    ended_.try_send(boost::system::error_code{});
  };
  asio::co_spawn(executor_, std::move(task),
                 asio::bind_cancellation_slot(signal->slot(), std::move(on_end)));
}

Task<> TaskGroup::join() {
  while (!running_.empty()) co_await ended_.async_receive(asio::use_awaitable);
  ended_.try_send(boost::system::error_code{});  // somebody else may wait too
}

void TaskGroup::cancel() {
  for (auto& signal : running_) signal.emit(asio::cancellation_type::terminal);
}

}  // namespace tinwatch
