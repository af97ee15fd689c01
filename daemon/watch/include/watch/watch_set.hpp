#pragma once

#include "core/record.hpp"
#include "core/work_budget.hpp"
#include "watch/match.hpp"
#include "watch/query.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tinwatch::watch {

/// What somebody wants to hear of. Who that is and how it is told is not the matcher's.
struct Watch {
  std::string name;
  std::shared_ptr<const Query> query;  ///< never null
};

/// All watches of a configuration, compiled once and shared by everything that compares. Immutable:
/// any thread.
class WatchSet {
 public:
  /// Costs time for each watch: not on the io thread.
  [[nodiscard]] static std::shared_ptr<const WatchSet> compile(std::vector<Watch> watches);

  /// A watch that has something to say, by its place in `watches`.
  struct Found {
    std::size_t watch = 0;
    WatchHit hit;
  };
  /// Whether a watch, by its place, is to be looked at.
  using Wanted = std::function<bool(std::size_t watch)>;

  /// What an article's new state means to each watch, in the order of `watches`. `before` is null
  /// for a new article. The article's words are read once, not once a watch. Throws OverBudget.
  [[nodiscard]] std::vector<Found> compare(const EditorialState* before,
                                           const EditorialState& after, const Wanted& wanted,
                                           WorkBudget& budget) const;
  /// For all watches.
  [[nodiscard]] std::vector<Found> compare(const EditorialState* before,
                                           const EditorialState& after, WorkBudget& budget) const;

  [[nodiscard]] const std::vector<Watch>& watches() const { return watches_; }

 private:
  explicit WatchSet(std::vector<Watch> watches) : watches_(std::move(watches)) {}

  std::vector<Watch> watches_;
};

}  // namespace tinwatch::watch
