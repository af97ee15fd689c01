#pragma once

#include "async/task.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace tinwatch {

/// Work of one kind on a pool's threads: at most `width` pieces at a time, in the order they came.
/// A thread that has done one takes the next by itself, behind what others have posted to the pool
/// meanwhile: whoever has much to do queues up behind itself. Any thread.
class Lane : public std::enable_shared_from_this<Lane> {
 public:
  /// Called once, on a thread of the pool; `is_stopped`: it is not to be done any more.
  using Job = std::function<void(bool is_stopped)>;

  Lane(asio::any_io_executor pool, std::size_t width,
       std::shared_ptr<const std::atomic<bool>> stopped)
      : pool_(std::move(pool)), width_(width), stopped_(std::move(stopped)) {}

  void post(Job job);
  /// Pieces that wait behind one that has been under way for longer than `patience`; 0 while what
  /// waits moves on.
  [[nodiscard]] std::size_t stuck(std::chrono::nanoseconds patience) const;

 private:
  /// What the pool is given to have a piece done.
  auto runs(Job job);
  void run(const Job& job);

  asio::any_io_executor pool_;
  std::size_t width_;
  std::shared_ptr<const std::atomic<bool>> stopped_;
  mutable std::mutex mutex_;
  std::deque<Job> waiting_;                      // guarded by mutex_
  std::size_t running_ = 0;                      // guarded by mutex_
  std::chrono::steady_clock::time_point begun_;  // the last one; guarded by mutex_
};

/// The lanes of one pool, by name. Belongs to the io thread.
class Lanes {
 public:
  Lanes(asio::any_io_executor pool, std::size_t width) : pool_(std::move(pool)), width_(width) {}

  Lane& lane(const std::string& name);
  /// Nothing: nobody has had work under that name.
  [[nodiscard]] const Lane* find(const std::string& name) const;
  /// What has not begun ends with operation_aborted.
  void stop() { stopped_->store(true); }

 private:
  asio::any_io_executor pool_;
  std::size_t width_;
  std::shared_ptr<std::atomic<bool>> stopped_ = std::make_shared<std::atomic<bool>>(false);
  std::map<std::string, std::shared_ptr<Lane>> lanes_;
};

/// For run_on.
template <class Job>
void post_work(const std::shared_ptr<Lane>& lane, Job job) {
  // A std::function is copied; the job is not.
  lane->post(
      [once = std::make_shared<Job>(std::move(job))](bool is_stopped) { (*once)(is_stopped); });
}

}  // namespace tinwatch
