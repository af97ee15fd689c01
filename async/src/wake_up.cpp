#include "async/wake_up.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace tinwatch {

Task<> WakeUp::sleep(Duration longest) {
  using namespace asio::experimental::awaitable_operators;
  co_await (clock_.sleep_for(longest) || rings_.async_receive(asio::use_awaitable));
}

}  // namespace tinwatch
