#pragma once

#include "core/work_budget.hpp"
#include "storage/parse_journal.hpp"

#include <atomic>
#include <chrono>
#include <ctime>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// Work on a page away from the io thread: what it may cost, and what becomes of it when it costs
/// more.
namespace tinwatch::crawl {

/// The page cannot be read, and the daemon is well: the visit fails. `what()` says why, for people.
class PageFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Why a piece of work on a page failed, in words, where the page is to blame: it cost more time
/// than it may, or more memory than there is. Nothing for every other failure.
[[nodiscard]] std::optional<std::string> fault_of_page(const std::exception_ptr& failure);

/// CPU time that a thread uses for one piece of work, told to other threads too.
class WorkTime {
 public:
  /// For the thread that does the work; once.
  void begin();
  void end() { under_way_.store(false, std::memory_order_release); }
  /// Nothing before it begins and when it has ended.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> used() const;
  /// Since it began, whether the thread ran or waited for a processor: at least `used`, and read
  /// without a call of the system. For the thread that does the work.
  [[nodiscard]] std::chrono::nanoseconds passed() const {
    return std::chrono::steady_clock::now() - begun_;
  }

 private:
  clockid_t clock_{};
  std::chrono::nanoseconds started_{};
  std::chrono::steady_clock::time_point begun_;
  std::atomic<bool> under_way_{false};
};

/// One piece of work on the bytes of a page.
struct PageWork {
  std::string source;
  std::string url;
  std::optional<storage::ParseJournal::Mark> mark = std::nullopt;  ///< where it is journalled
  WorkTime time;
};

/// Work that is being done, and the CPU time it has used.
struct UnderWay {
  std::string source;
  std::string url;
  std::chrono::nanoseconds used{};
};

/// All work on pages that was begun and has not ended, as the io thread sees it.
class WorkWatch {
 public:
  using Pages = std::list<std::shared_ptr<const PageWork>>;

  /// Work is watched while this lives.
  class Watched {
   public:
    Watched(WorkWatch& watch, std::shared_ptr<const PageWork> work)
        : pages_(watch.pages_), place_(pages_.insert(pages_.end(), std::move(work))) {}
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched() { pages_.erase(place_); }

   private:
    Pages& pages_;
    Pages::iterator place_;
  };

  [[nodiscard]] std::size_t size() const { return pages_.size(); }
  /// What threads are working on; without what waits for one.
  [[nodiscard]] std::vector<UnderWay> under_way() const;

 private:
  Pages pages_;
};

/// A thread at work longer than this is stuck where its budget is not looked at: inside a library.
inline constexpr std::chrono::nanoseconds stuck_after = std::chrono::seconds{10};

/// The work that has used more than `limit`, the most of all; nothing when none has.
[[nodiscard]] std::optional<UnderWay> find_stuck(const std::vector<UnderWay>& all,
                                                 std::chrono::nanoseconds limit = stuck_after);

/// Work that took long had much in hand, in pieces that the allocator would keep for pages as
/// large: they go back to the system. Work on a usual page costs nothing here.
void give_back_memory(const WorkTime& time);

/// What `work` gives, called with or without a budget behind its arguments.
template <class Work, class... Args>
using PageResult = typename std::conditional_t<std::is_invocable_v<Work, Args..., WorkBudget&>,
                                               std::invoke_result<Work, Args..., WorkBudget&>,
                                               std::invoke_result<Work, Args...>>::type;

/// Does the work on a thread of the pool: within its budget, on its clock, and in the journal. Work
/// whose last parameter is a WorkBudget& is given it.
template <class Work, class... Args>
PageResult<Work, Args...> do_page_work(std::shared_ptr<PageWork> page, WorkBudget::Time limit,
                                       Work work, Args... args) {
  const struct Begun {
    explicit Begun(PageWork& begun) : page(begun) {
      if (page.mark) page.mark->begin();
      page.time.begin();
    }
    Begun(const Begun&) = delete;
    Begun& operator=(const Begun&) = delete;
    ~Begun() {
      give_back_memory(page.time);
      page.time.end();
      if (page.mark) page.mark->end();
    }
    PageWork& page;
  } begun(*page);
  if constexpr (std::is_invocable_v<Work, Args..., WorkBudget&>) {
    WorkBudget budget(limit);
    return std::invoke(work, std::move(args)..., budget);
  } else {
    return std::invoke(work, std::move(args)...);
  }
}

}  // namespace tinwatch::crawl
