#pragma once

#include "support/fake_clock.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>

namespace tinwatch::test {

/// Runs whatever can run without the clock's moving on. `is_busy`: another thread still works on
/// something whose end `io` waits for.
template <class IsBusy>
void settle(asio::io_context& io, IsBusy is_busy) {
  for (;;) {
    io.restart();
    if (io.poll() > 0) continue;
    if (!is_busy()) return;
    io.run_one_for(std::chrono::milliseconds{1});
  }
}

/// Lets `duration` pass on the clock, from sleeper to sleeper.
template <class IsBusy>
void pass(asio::io_context& io, FakeClock& clock, Duration duration, IsBusy is_busy) {
  const Instant end = clock.now() + duration;
  settle(io, is_busy);
  while (const auto next = clock.next()) {
    if (*next > end) break;
    clock.advance_to(std::max(*next, clock.now()));
    settle(io, is_busy);
  }
  clock.advance_to(end);
  settle(io, is_busy);
}

}  // namespace tinwatch::test
