#include "async/lanes.hpp"

#include <boost/asio/defer.hpp>

namespace tinwatch {

auto Lane::runs(Job job) {
  return [self = shared_from_this(), job = std::move(job)] { self->run(job); };
}

void Lane::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (running_ == width_) {
      waiting_.push_back(std::move(job));
      return;
    }
    ++running_;
    begun_ = std::chrono::steady_clock::now();
  }
  asio::post(pool_, runs(std::move(job)));
}

void Lane::run(const Job& job) {
  {
    const std::lock_guard lock(mutex_);
    begun_ = std::chrono::steady_clock::now();
  }
  job(stopped_->load());
  Job next;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      --running_;
      return;
    }
    next = std::move(waiting_.front());
    waiting_.pop_front();
  }
  // This thread takes it behind what waits in the pool: no other one need be woken for it.
  asio::defer(pool_, runs(std::move(next)));
}

std::size_t Lane::stuck(std::chrono::nanoseconds patience) const {
  const std::lock_guard lock(mutex_);
  return std::chrono::steady_clock::now() - begun_ > patience ? waiting_.size() : 0;
}

Lane& Lanes::lane(const std::string& name) {
  auto& lane = lanes_[name];
  if (!lane) lane = std::make_shared<Lane>(pool_, width_, stopped_);
  return *lane;
}

const Lane* Lanes::find(const std::string& name) const {
  const auto found = lanes_.find(name);
  return found == lanes_.end() ? nullptr : found->second.get();
}

}  // namespace tinwatch
