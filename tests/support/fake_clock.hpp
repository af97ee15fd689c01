#pragma once

#include "async/clock.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

#include <map>
#include <optional>

namespace tinwatch::test {

/// A clock that stands still until the test moves it; who sleeps wakes when his time has come,
/// whatever the clock is set to meanwhile.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant start) : now_(start) {}

  [[nodiscard]] Instant now() const override { return now_ + ahead_; }
  [[nodiscard]] Duration steady() const override { return now_.time_since_epoch(); }

  /// Sets it: from now on it is so much ahead of the time that passes.
  void set_ahead(Duration ahead) { ahead_ = ahead; }

  Task<> sleep_for(Duration delay) override {
    Sleeper sleeper(co_await asio::this_coro::executor);
    if (delay <= Duration{0}) {
      co_await asio::post(asio::use_awaitable);
      co_return;
    }
    const Bed bed(sleepers_, sleepers_.emplace(now_ + delay, &sleeper));
    boost::system::error_code error;
    co_await sleeper.timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (!sleeper.woken) throw boost::system::system_error(asio::error::operation_aborted);
  }

  /// When the next sleeper wakes.
  [[nodiscard]] std::optional<Instant> next() const {
    if (sleepers_.empty()) return std::nullopt;
    return sleepers_.begin()->first + ahead_;
  }

  /// Moves on to `at` and wakes everybody whose time has come.
  void advance_to(Instant at) {
    now_ = at - ahead_;
    for (auto& [when, sleeper] : sleepers_) {
      if (when > now_) break;
      sleeper->woken = true;
      sleeper->timer.cancel();
    }
  }

 private:
  struct Sleeper {
    explicit Sleeper(const asio::any_io_executor& executor)
        : timer(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer timer;
    bool woken = false;
  };
  using Sleepers = std::multimap<Instant, Sleeper*>;
  struct Bed {
    Bed(Sleepers& all, Sleepers::iterator mine) : sleepers(all), place(mine) {}
    Bed(const Bed&) = delete;
    Bed& operator=(const Bed&) = delete;
    ~Bed() { sleepers.erase(place); }
    Sleepers& sleepers;
    Sleepers::iterator place;
  };

  Instant now_;  // as time passes
  Duration ahead_{0};
  Sleepers sleepers_;
};

}  // namespace tinwatch::test
