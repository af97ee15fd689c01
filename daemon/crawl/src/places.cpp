#include "crawl/places.hpp"

namespace tinwatch::crawl {

std::size_t Places::taken_by(const std::string& source) const {
  const auto found = taken_by_.find(source);
  return found == taken_by_.end() ? 0 : found->second;
}

void Places::take(const std::string& source) {
  ++taken_;
  ++taken_by_[source];
}

void Places::give_back(const std::string& source) {
  --taken_;
  const auto found = taken_by_.find(source);
  if (--found->second == 0) taken_by_.erase(found);
}

void Places::wait(const std::string& source, const std::string& host) {
  if (!hosts_.insert(host).second) return;
  auto& queue = queues_[source];
  if (queue.empty()) turns_.push_back(source);
  queue.push_back(host);
}

std::vector<std::string> Places::next(
    const std::function<bool(const std::string& source)>& is_behind) {
  std::vector<std::string> out;
  std::map<std::string, std::size_t> begun;  // by the hosts in `out`
  // Each source in its turn; when a whole round has brought nothing, all are at their share.
  for (std::size_t passed = 0; passed < turns_.size() && taken_ + out.size() < all_;) {
    const auto source = turns_.front();
    turns_.pop_front();
    auto& queue = queues_[source];
    if (taken_by(source) + begun[source] >= share_ || is_behind(source)) {
      turns_.push_back(source);
      ++passed;
      continue;
    }
    passed = 0;
    ++begun[source];
    hosts_.erase(queue.front());
    out.push_back(std::move(queue.front()));
    queue.pop_front();
    if (queue.empty())
      queues_.erase(source);
    else
      turns_.push_back(source);
  }
  return out;
}

}  // namespace tinwatch::crawl
