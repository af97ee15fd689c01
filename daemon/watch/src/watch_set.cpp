#include "watch/watch_set.hpp"

#include <utility>

namespace tinwatch::watch {

std::shared_ptr<const WatchSet> WatchSet::compile(std::vector<Watch> watches) {
  return std::shared_ptr<const WatchSet>(new WatchSet(std::move(watches)));
}

std::vector<WatchSet::Found> WatchSet::compare(const EditorialState* before,
                                               const EditorialState& after,
                                               WorkBudget& budget) const {
  return compare(
      before, after, [](std::size_t) { return true; }, budget);
}

std::vector<WatchSet::Found> WatchSet::compare(const EditorialState* before,
                                               const EditorialState& after, const Wanted& wanted,
                                               WorkBudget& budget) const {
  std::vector<Found> out;
  Comparison texts(before, after);
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    if (!wanted(i)) continue;
    if (auto hit = texts.find(*watches_[i].query, budget)) out.push_back({i, std::move(*hit)});
  }
  return out;
}

}  // namespace tinwatch::watch
