#pragma once

#include "core/work_budget.hpp"
#include "watch/article_text.hpp"
#include "watch/hit.hpp"
#include "watch/query.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tinwatch::watch {

struct CompiledWatches;

/// What somebody wants to hear of. Who that is and how it is told is not the matcher's.
struct Watch {
  std::string name;
  std::shared_ptr<const Query> query;  ///< never null
};

/// All watches of a configuration, compiled once into one automaton a mode and shared by everything
/// that compares: a text costs as much as it is long and as watches have a word in it, not as there
/// are. Immutable: any thread.
class WatchSet {
 public:
  /// Costs time for each watch: not on the io thread.
  [[nodiscard]] static std::shared_ptr<const WatchSet> compile(std::vector<Watch> watches);
  ~WatchSet();
  WatchSet(const WatchSet&) = delete;
  WatchSet& operator=(const WatchSet&) = delete;

  /// A watch that has something to say, by its place in `watches`.
  struct Found {
    std::size_t watch = 0;
    WatchHit hit;
  };
  /// Whether a watch, by its place, is to be looked at.
  using Wanted = std::function<bool(std::size_t watch)>;

  /// What an article's new state means to each watch, in the order of `watches`. `before` is null
  /// for a new article. An edit elsewhere in a matching article is no hit: `changed` needs a
  /// matched sentence that reads otherwise now. Throws OverBudget.
  [[nodiscard]] std::vector<Found> compare(const ArticleText* before, const ArticleText& after,
                                           const Occasion& occasion, const Wanted& wanted,
                                           WorkBudget& budget) const;
  /// For all watches.
  [[nodiscard]] std::vector<Found> compare(const ArticleText* before, const ArticleText& after,
                                           const Occasion& occasion, WorkBudget& budget) const;

  [[nodiscard]] const std::vector<Watch>& watches() const { return watches_; }
  /// Whether no word triggers a watch: it is evaluated for each text.
  [[nodiscard]] bool is_always_asked(std::size_t watch) const;

 private:
  explicit WatchSet(std::vector<Watch> watches);

  std::vector<Watch> watches_;
  std::unique_ptr<const CompiledWatches> compiled_;
};

}  // namespace tinwatch::watch
