#include "async/persist.hpp"

namespace tinwatch {

namespace {
constexpr Duration pause = std::chrono::seconds{5};
}

Task<> persist(std::function<Task<>()> make, Clock& clock, TaskGroup::OnFailure on_failure) {
  for (;;) {
    std::exception_ptr failure;
    try {
      co_await make();
      co_return;
    } catch (...) {
      failure = std::current_exception();
    }
    if (is_cancellation(failure)) std::rethrow_exception(failure);
    on_failure(failure);
    co_await clock.sleep_for(pause);
  }
}

}  // namespace tinwatch
